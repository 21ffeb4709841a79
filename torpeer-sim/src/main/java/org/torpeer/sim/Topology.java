package org.torpeer.sim;

import java.util.Map;

/**
 * An undirected graph in figures.
 *
 * @param nodes with or without links
 * @param links each counted once
 * @param degrees how many nodes have each degree, by degree
 * @param clustering mean over the nodes of the share of their pairs of neighbours that are linked; nodes with fewer than
 *     two neighbours count as 0
 * @param pathLength mean number of hops between connected pairs, over a sample of sources where the graph is large
 * @param largestComponent how many nodes the largest connected component has
 */
public record Topology(
        int nodes,
        long links,
        Map<Integer, Integer> degrees,
        double clustering,
        double pathLength,
        int largestComponent) {}
