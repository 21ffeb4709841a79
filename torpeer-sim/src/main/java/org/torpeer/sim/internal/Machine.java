package org.torpeer.sim.internal;

import org.torpeer.api.runtime.Driver;

/** What a run costs the machine it runs on, from the making of this object on. */
@Driver("measures this machine, not the simulated world")
public final class Machine {
    private final long heapBefore = liveHeap();
    private final long start = System.nanoTime();

    /** Since this object was made. */
    public double seconds() {
        return (System.nanoTime() - start) / 1e9;
    }

    /** Live bytes above those there were before. */
    public long heapGrowth() {
        return Math.max(0, liveHeap() - heapBefore);
    }

    private static long liveHeap() {
        Runtime runtime = Runtime.getRuntime();
        System.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
