package org.torpeer.sim.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.torpeer.sim.Topology;

/** An undirected graph of numbered nodes, without loops or parallel links. */
public final class Graph {
    /** From so many sources at most are paths measured. */
    private static final int MAX_SOURCES = 100;

    /** Sorted, each link at both of its ends. */
    private final int[][] neighbours;

    private Graph(int[][] neighbours) {
        this.neighbours = neighbours;
    }

    /** The graph that results when directions are forgotten. */
    public static Graph undirected(int[][] successors) {
        int[] degrees = new int[successors.length];
        for (int from = 0; from < successors.length; from++) {
            for (int to : successors[from]) {
                degrees[from]++;
                degrees[to]++;
            }
        }
        int[][] both = new int[successors.length][];
        Arrays.setAll(both, node -> new int[degrees[node]]);
        int[] filled = new int[successors.length];
        for (int from = 0; from < successors.length; from++) {
            for (int to : successors[from]) {
                both[from][filled[from]++] = to;
                both[to][filled[to]++] = from;
            }
        }
        for (int node = 0; node < both.length; node++) {
            both[node] = distinct(both[node], node);
        }
        return new Graph(both);
    }

    /** Sorted, each once and without one. */
    private static int[] distinct(int[] numbers, int without) {
        Arrays.sort(numbers);
        int count = 0;
        for (int number : numbers) {
            boolean repeated = count > 0 && number == numbers[count - 1];
            if (!repeated && number != without) {
                numbers[count++] = number;
            }
        }
        return count == numbers.length ? numbers : Arrays.copyOf(numbers, count);
    }

    /** Everything there is to say about it. */
    public Topology topology() {
        Map<Integer, Integer> degrees = new TreeMap<>();
        long ends = 0;
        for (int[] each : neighbours) {
            degrees.merge(each.length, 1, Integer::sum);
            ends += each.length;
        }
        return new Topology(neighbours.length, ends / 2, degrees, clustering(), pathLength(), largestComponent());
    }

    /** Watts and Strogatz' coefficient, averaged over the nodes. */
    public double clustering() {
        double sum = 0;
        for (int[] around : neighbours) {
            long linked = 0;
            for (int each : around) {
                linked += common(around, neighbours[each]);
            }
            long pairs = (long) around.length * (around.length - 1);
            sum += pairs == 0 ? 0 : (double) linked / pairs;
        }
        return neighbours.length == 0 ? 0 : sum / neighbours.length;
    }

    /** Mean hops to every node that can be reached, from sources spread evenly over the numbering. */
    public double pathLength() {
        int stride = Math.max(1, neighbours.length / MAX_SOURCES);
        int[] hops = new int[neighbours.length];
        long total = 0;
        long pairs = 0;
        for (int source = 0; source < neighbours.length; source += stride) {
            int reached = explore(source, hops);
            pairs += reached - 1;
            for (int distance : hops) {
                total += Math.max(0, distance);
            }
        }
        return pairs == 0 ? 0 : (double) total / pairs;
    }

    public int largestComponent() {
        int[] queue = new int[neighbours.length];
        BitSet seen = new BitSet(neighbours.length);
        int largest = 0;
        for (int node = 0; node < neighbours.length; node = seen.nextClearBit(node)) {
            largest = Math.max(largest, component(node, seen, queue));
        }
        return largest;
    }

    /** How many nodes there are in the component of one; these are then seen. */
    private int component(int start, BitSet seen, int[] queue) {
        int reached = 1;
        queue[0] = start;
        seen.set(start);
        for (int next = 0; next < reached; next++) {
            for (int other : neighbours[queue[next]]) {
                if (!seen.get(other)) {
                    seen.set(other);
                    queue[reached++] = other;
                }
            }
        }
        return reached;
    }

    /** Breadth first; gives the hops to each node, -1 where there is no way, and how many nodes were reached. */
    private int explore(int source, int[] hops) {
        Arrays.fill(hops, -1);
        int[] queue = new int[neighbours.length];
        int reached = 1;
        queue[0] = source;
        hops[source] = 0;
        for (int next = 0; next < reached; next++) {
            int node = queue[next];
            for (int other : neighbours[node]) {
                if (hops[other] < 0) {
                    hops[other] = hops[node] + 1;
                    queue[reached++] = other;
                }
            }
        }
        return reached;
    }

    private static int common(int[] one, int[] other) {
        int found = 0;
        int at = 0;
        for (int each : one) {
            while (at < other.length && other[at] < each) {
                at++;
            }
            if (at < other.length && other[at] == each) {
                found++;
            }
        }
        return found;
    }
}
