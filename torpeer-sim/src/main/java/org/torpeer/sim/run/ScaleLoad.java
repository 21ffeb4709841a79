package org.torpeer.sim.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.sim.Crypto;
import org.torpeer.sim.Measure;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Scenario;

/**
 * What a run of some size costs this machine: {@code bootstrap} to where the nodes know 99 % of each other, or to its
 * end.
 *
 * @param discovered the share of pairs that know each other at the end
 * @param dialsPerNode ended
 * @param messagesPerNode delivered
 * @param bytesPerNode delivered
 * @param heapBytesPerNode live at the end
 */
public record ScaleLoad(
        int nodes,
        Crypto crypto,
        double simulatedSeconds,
        double discovered,
        double dialsPerNode,
        double messagesPerNode,
        double bytesPerNode,
        long events,
        double wallSeconds,
        long heapBytesPerNode) {
    private static final double ENOUGH = 0.99;

    /**
     * Runs it.
     *
     * @param scenario how long it lasts at most, among all else
     * @param threads that run it at most
     * @param watch told of every sample, and may break the run off
     */
    public static ScaleLoad measure(
            Scenario scenario, int nodes, Crypto crypto, long seed, int threads, RunWatch watch) {
        RunWatch enough = sample -> watch.goOn(sample) && sample.value(Measure.DISCOVERED) < ENOUGH;
        RunResult result = Simulation.run(new RunPlan(scenario, nodes, seed, crypto), threads, enough);
        return new ScaleLoad(
                nodes,
                crypto,
                result.simulatedSeconds(),
                result.last().value(Measure.DISCOVERED),
                result.measure(Measure.DIALS_PER_NODE),
                result.measure(Measure.MESSAGES_PER_NODE),
                result.measure(Measure.BYTES_PER_NODE),
                result.events(),
                result.wallSeconds(),
                result.heapBytesPerNode());
    }

    public double eventsPerSecond() {
        return events / wallSeconds;
    }

    /** The figures by their names, for tables and files. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("nodes", (double) nodes);
        figures.put("simulatedSeconds", simulatedSeconds);
        figures.put("discovered", discovered);
        figures.put("dialsPerNode", dialsPerNode);
        figures.put("messagesPerNode", messagesPerNode);
        figures.put("bytesPerNode", bytesPerNode);
        figures.put("events", (double) events);
        figures.put("wallSeconds", wallSeconds);
        figures.put("eventsPerSecond", eventsPerSecond());
        figures.put("wallMillisPerNode", wallSeconds * 1000 / nodes);
        figures.put("heapBytesPerNode", (double) heapBytesPerNode);
        return figures;
    }
}
