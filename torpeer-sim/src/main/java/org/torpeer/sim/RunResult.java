package org.torpeer.sim;

import java.util.List;
import java.util.Map;

/**
 * What came of a run.
 *
 * @param plan what was simulated
 * @param traceHash 16 hexadecimal digits, the same for every run of the same plan
 * @param complete whether the run came to its own end
 * @param simulatedSeconds how much time passed in the simulated world
 * @param wallSeconds how long it took
 * @param events how many were run
 * @param heapBytesPerNode live heap at the end above that before the start, divided by the nodes
 * @param discovery when shares of all ordered pairs of nodes had come to know each other
 * @param contact when shares of all ordered pairs had dialed and authenticated each other
 * @param sessions the graph of sessions open at the end
 * @param messagesPerNode chunks delivered
 * @param bytesPerNode delivered
 * @param dialsPerNode ended, failed ones included
 * @param dials how many ended in each manner; {@code CONNECTED} or the name of a failure
 * @param failedTasks tasks of nodes that threw: a bug, unless it is 0
 * @param series samples through time
 */
public record RunResult(
        RunPlan plan,
        String traceHash,
        boolean complete,
        double simulatedSeconds,
        double wallSeconds,
        long events,
        long heapBytesPerNode,
        Milestones discovery,
        Milestones contact,
        Topology sessions,
        double messagesPerNode,
        double bytesPerNode,
        double dialsPerNode,
        Map<String, Long> dials,
        long failedTasks,
        List<Sample> series) {
    public RunResult {
        series = List.copyOf(series);
    }

    public double eventsPerSecond() {
        return events / wallSeconds;
    }

    /** The state of the network at the end. */
    public Sample last() {
        return series.get(series.size() - 1);
    }
}
