package org.torpeer.sim;

import java.util.List;

/**
 * The sessions between some or all of the nodes at one moment.
 *
 * @param seconds simulated, since the start
 * @param vertices by ascending number
 * @param links each once, between running vertices
 */
public record Snapshot(double seconds, List<Vertex> vertices, List<Link> links) {
    /**
     * A node.
     *
     * @param router rather than a participant
     * @param up whether it was running
     * @param malicious whether it plays against the others
     * @param known how many others it knew
     */
    public record Vertex(int number, boolean router, boolean up, boolean malicious, int known) {}

    /**
     * A session.
     *
     * @param from the lower of the two numbers
     * @param to the higher one
     */
    public record Link(int from, int to) {}

    public Snapshot {
        vertices = List.copyOf(vertices);
        links = List.copyOf(links);
    }
}
