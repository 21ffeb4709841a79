package org.torpeer.sim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What came of a run. What was measured is found by name, so that there can be more of it.
 *
 * @param plan what was simulated
 * @param traceHash 16 hexadecimal digits, the same for every run of the same plan
 * @param complete whether the run came to its own end
 * @param simulatedSeconds how much time passed in the simulated world
 * @param wallSeconds how long it took
 * @param events how many were run
 * @param heapBytesPerNode live heap at the end above that before the start, divided by the nodes; of use only if nothing
 *     else ran in this JVM at the time
 * @param milestones when shares of a whole were reached: {@link #DISCOVERY}, {@link #CONTACT}, {@link #DISSEMINATION}
 * @param measures one number each, by the {@link Measure}'s name: the last sample's, and those of the whole run
 * @param degrees how many nodes have each degree: {@link #SESSIONS}, {@link #KNOWN_BY}, {@link #KNOWS}
 * @param dials how many ended in each manner; {@code CONNECTED} or the name of a failure
 * @param sessions the graph of running nodes and the sessions between them at the end
 * @param failedTasks tasks of nodes that threw: a bug, unless it is 0
 * @param series samples through time, at least one
 * @param network all nodes and sessions at the end
 * @param film some of the nodes, and the sessions between these, through time
 */
public record RunResult(
        RunPlan plan,
        String traceHash,
        boolean complete,
        double simulatedSeconds,
        double wallSeconds,
        long events,
        long heapBytesPerNode,
        Map<String, Milestones> milestones,
        Map<String, Double> measures,
        Map<String, Map<Integer, Integer>> degrees,
        Map<String, Long> dials,
        Topology sessions,
        long failedTasks,
        List<Sample> series,
        Snapshot network,
        List<Snapshot> film) {
    /** Milestones: shares of all ordered pairs of nodes had come to know each other. */
    public static final String DISCOVERY = "discovery";
    /** Milestones: shares of all ordered pairs had dialed and authenticated each other. */
    public static final String CONTACT = "contact";
    /** Milestones: shares of all others held the record of the participant that came last, from its start on. */
    public static final String DISSEMINATION = "dissemination";

    /** Degrees: sessions of a running node with others. */
    public static final String SESSIONS = "sessions";
    /** Degrees: running nodes by which a running node is known. */
    public static final String KNOWN_BY = "in";
    /** Degrees: nodes that a running node knows. */
    public static final String KNOWS = "out";

    public RunResult {
        milestones = Collections.unmodifiableMap(new LinkedHashMap<>(milestones));
        measures = Collections.unmodifiableMap(new LinkedHashMap<>(measures));
        degrees = Collections.unmodifiableMap(new LinkedHashMap<>(degrees));
        dials = Collections.unmodifiableMap(new TreeMap<>(dials));
        series = List.copyOf(series);
        film = List.copyOf(film);
    }

    /** This result without network and film, which are large. */
    public RunResult withoutPictures() {
        return new RunResult(
                plan,
                traceHash,
                complete,
                simulatedSeconds,
                wallSeconds,
                events,
                heapBytesPerNode,
                milestones,
                measures,
                degrees,
                dials,
                sessions,
                failedTasks,
                series,
                new Snapshot(simulatedSeconds, List.of(), List.of()),
                List.of());
    }

    public double eventsPerSecond() {
        return events / wallSeconds;
    }

    /** When shares of all pairs had come to know each other. */
    public Milestones discovery() {
        return milestones.getOrDefault(DISCOVERY, Milestones.NEVER);
    }

    /** A number of the whole run by its name, 0 if there is none. */
    public double measure(String name) {
        return measures.getOrDefault(name, 0.0);
    }

    /** The state of the network at the end. */
    public Sample last() {
        return series.get(series.size() - 1);
    }
}
