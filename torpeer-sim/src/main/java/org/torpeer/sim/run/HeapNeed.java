package org.torpeer.sim.run;

import java.util.Locale;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.RunPlan;

/**
 * About how much heap a run takes at its most: of a node without peers, and for each peer that it knows. Both were
 * measured as the live heap after bootstraps of 300 and 1,000 nodes (65 KB a node and 180 bytes a peer, and 300 more where
 * nodes restart and so keep what they know), and doubled for what is garbage before it is collected and for the events
 * under way.
 */
public final class HeapNeed {
    private static final long NODE_BYTES = 130_000;
    private static final long PEER_BYTES = 1_000;
    /** A node's table holds no more. */
    private static final long MOST_PEERS = 20_480;

    private static final double GIB = 1L << 30;

    private HeapNeed() {}

    /** In bytes, for a run of so many nodes. */
    public static long of(int nodes) {
        return nodes * (NODE_BYTES + PEER_BYTES * Math.min(nodes, MOST_PEERS));
    }

    /** The most nodes that fit into so many bytes. */
    public static int fitting(long bytes) {
        int fit = 0;
        for (int step = Integer.highestOneBit(RunPlan.MAX_NODES); step > 0; step /= 2) {
            fit += fit + step <= RunPlan.MAX_NODES && of(fit + step) <= bytes ? step : 0;
        }
        return fit;
    }

    /**
     * Refuses what would not fit into this JVM.
     *
     * @throws InvalidInputException if the heap is too small; the message says how many nodes would fit
     */
    public static void check(int nodes) {
        long heap = Runtime.getRuntime().maxMemory();
        if (of(nodes) > heap) {
            throw new InvalidInputException(String.format(
                    Locale.ROOT,
                    "%d nodes take about %.1f GiB of heap and there are %.1f: %d nodes fit (or give java more, with"
                            + " JAVA_TOOL_OPTIONS=-Xmx%dg)",
                    nodes,
                    of(nodes) / GIB,
                    heap / GIB,
                    fitting(heap),
                    (long) Math.ceil(of(nodes) / GIB)));
        }
    }

    /** How many runs of so many nodes fit beside each other into this JVM, at least one. */
    public static int parallel(int nodes) {
        return (int)
                Math.max(1, Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / of(nodes)));
    }
}
