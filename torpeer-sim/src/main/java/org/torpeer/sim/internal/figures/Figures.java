package org.torpeer.sim.internal.figures;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.torpeer.sim.Figure;
import org.torpeer.sim.internal.Graph;
import org.torpeer.sim.internal.Selection;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/** The figures that validate the engine, each with its source. */
public final class Figures {
    private static final String DAKNAMA =
            "Daknama, Panagiotou, Reisser: Robustness of randomized rumour spreading, 2020";
    private static final String SWIM = "Das, Gupta, Motivala: SWIM, 2002";
    private static final String HYPARVIEW = "Leitao, Pereira, Rodrigues: HyParView, 2007, table 1";
    private static final String RANDOM = "a digraph whose nodes choose 35 successors uniformly";
    private static final String HYPERGEOMETRIC = "hypergeometric distribution";

    /** Precision to which the means of rumour spreading are known. */
    private static final double ROUNDS_PRECISION = 0.03;

    private static final int STANDARD_ERRORS = 4;

    private static final int MEMBERS = 10_000;
    private static final int VIEW = 35;
    private static final int SHUFFLED = 14;
    private static final int CYCLES = 50;

    private Figures() {}

    public static List<Figure> measure(long seed, Selection selection) {
        List<Figure> figures = new ArrayList<>();
        figures.add(rounds(100, 12.36, 3_000, selection, seed));
        figures.add(rounds(1_000, 18.03, 1_000, selection, seed));
        figures.add(rounds(10_000, 23.68, 100, selection, seed));
        figures.add(detection(10, 1.530, 20_000, selection, seed));
        figures.add(detection(100, 1.577, 10_000, selection, seed));
        figures.add(maliciousView(seed, selection));
        figures.addAll(digraph(seed, selection));
        figures.addAll(cyclon(seed, selection));
        return List.copyOf(figures);
    }

    /** What one overlay of 10,000 members was published to be, and how far others of its kind may be off, relatively. */
    private enum Shape {
        CLUSTERING(0.02),
        PATH_LENGTH(0.004),
        IN_DEGREE_DEVIATION(0.06);

        private final double precision;

        Shape(double precision) {
            this.precision = precision;
        }

        private Figure figure(String overlay, String source, double published, double measured) {
            String what = name().toLowerCase(Locale.ROOT).replace('_', ' ');
            return new Figure(overlay + ", " + what, source, published, measured, precision * published);
        }
    }

    static List<Figure> digraph(long seed, Selection selection) {
        int[][] successors = RandomViews.digraph(MEMBERS, VIEW, selection, random(seed, "digraph"));
        return overlay("random digraph", RANDOM, successors, 0.006926, 2.6008, 5.95);
    }

    static List<Figure> cyclon(long seed, Selection selection) {
        Cyclon cyclon = new Cyclon(MEMBERS, VIEW, SHUFFLED, selection, random(seed, "cyclon"));
        return overlay("Cyclon", HYPARVIEW, cyclon.afterCycles(CYCLES), 0.006836, 2.60426, 2.18);
    }

    private static List<Figure> overlay(
            String name,
            String source,
            int[][] successors,
            double clustering,
            double pathLength,
            double inDegreeDeviation) {
        Graph graph = Graph.undirected(successors);
        return List.of(
                Shape.CLUSTERING.figure(name, source, clustering, graph.clustering()),
                Shape.PATH_LENGTH.figure(name, source, pathLength, graph.pathLength()),
                Shape.IN_DEGREE_DEVIATION.figure(name, source, inDegreeDeviation, inDegreeDeviation(successors)));
    }

    static Figure rounds(int members, double expected, int runs, Selection selection, long seed) {
        SeededRandom random = random(seed, "rumour " + members);
        Mean mean = new Mean();
        for (int run = 0; run < runs; run++) {
            mean.add(new Rumour(members, selection, random).rounds());
        }
        return new Figure(
                "push rumour spreading, rounds until all of " + members + " know",
                DAKNAMA,
                expected,
                mean.value(),
                ROUNDS_PRECISION + STANDARD_ERRORS * mean.standardError());
    }

    static Figure detection(int members, double expected, int runs, Selection selection, long seed) {
        SeededRandom random = random(seed, "swim " + members);
        Mean mean = new Mean();
        for (int run = 0; run < runs; run++) {
            mean.add(new FailureDetection(members, selection, random).periods());
        }
        return new Figure(
                "SWIM, periods until a failure among " + members + " is first detected",
                SWIM,
                expected,
                mean.value(),
                STANDARD_ERRORS * mean.standardError());
    }

    static Figure maliciousView(long seed, Selection selection) {
        SeededRandom random = random(seed, "views");
        Mean mean = new Mean();
        for (int run = 0; run < 200_000; run++) {
            // The observer is the first honest member, the malicious ones are the last 300.
            int[] view = RandomViews.distinct(0, 1_001, 4, selection, random);
            mean.add(Arrays.stream(view).allMatch(member -> member > 700) ? 1 : 0);
        }
        return new Figure(
                "uniform views of 4, share all of 30 % malicious members",
                HYPERGEOMETRIC, 0.0080, mean.value(), STANDARD_ERRORS * mean.standardError());
    }

    private static double inDegreeDeviation(int[][] successors) {
        int[] degrees = new int[successors.length];
        for (int[] each : successors) {
            for (int to : each) {
                degrees[to]++;
            }
        }
        Mean mean = new Mean();
        Arrays.stream(degrees).forEach(mean::add);
        return mean.deviation();
    }

    private static SeededRandom random(long seed, String purpose) {
        return SeededRandom.stream(seed, purpose, 0);
    }
}
