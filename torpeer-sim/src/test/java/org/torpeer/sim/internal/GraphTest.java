package org.torpeer.sim.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.sim.Topology;

final class GraphTest {
    @Test
    @DisplayName("a triangle with a tail, a loop, a parallel link and a stranger")
    void small() {
        Topology topology = Graph.undirected(new int[][] {{1, 2, 1, 0}, {2, 0}, {3}, {}, {}})
                .topology();
        assertThat(topology.nodes()).isEqualTo(5);
        assertThat(topology.links()).isEqualTo(4);
        assertThat(topology.degrees()).isEqualTo(Map.of(0, 1, 1, 1, 2, 2, 3, 1));
        assertThat(topology.largestComponent()).isEqualTo(4);
        assertThat(topology.clustering()).isCloseTo((1 + 1 + 1 / 3.0 + 0 + 0) / 5, within(1e-12));
        assertThat(topology.pathLength()).isCloseTo(16 / 12.0, within(1e-12));
    }

    @Test
    @DisplayName("a ring has the path length that theory says, and no triangles")
    void ring() {
        int[][] ring = new int[101][];
        for (int node = 0; node < ring.length; node++) {
            ring[node] = new int[] {(node + 1) % ring.length};
        }
        Graph graph = Graph.undirected(ring);
        assertThat(graph.pathLength()).isCloseTo(25.5, within(1e-12));
        assertThat(graph.clustering()).isZero();
        assertThat(graph.largestComponent()).isEqualTo(101);
    }

    @Test
    @DisplayName("nothing, and nobody linked, are graphs too")
    void empty() {
        assertThat(Graph.undirected(new int[0][]).topology().nodes()).isZero();
        assertThat(Graph.undirected(new int[][] {{}, {}}).pathLength()).isZero();
    }
}
