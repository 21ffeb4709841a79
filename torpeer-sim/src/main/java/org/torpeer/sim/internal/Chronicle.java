package org.torpeer.sim.internal;

import java.util.HashMap;
import java.util.Map;
import org.torpeer.api.PeerId;
import org.torpeer.sim.RunWatch;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** Tells a watcher what happens, by the numbers of those it happens to. */
final class Chronicle {
    private static final int NOBODY = -1;

    private final VirtualTime time;
    private final RunWatch watch;
    private final Map<PeerId, Integer> numbers = new HashMap<>();

    Chronicle(VirtualTime time, RunWatch watch) {
        this.time = time;
        this.watch = watch;
    }

    void name(PeerId peer, int number) {
        numbers.put(peer, number);
    }

    /** The number of a node, -1 if it is none of the simulation's. */
    int number(PeerId peer) {
        return numbers.getOrDefault(peer, NOBODY);
    }

    double seconds() {
        return time.elapsed().toNanos() / 1e9;
    }

    void note(int node, String event) {
        note(node, event, NOBODY, "");
    }

    void note(int node, String event, int peer, String detail) {
        watch.happened(seconds(), node, event, peer, detail);
    }
}
