package org.torpeer.sim.internal.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.internal.Graph;
import org.torpeer.sim.run.EngineLoad;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.virtual.SeededRandom;

final class NewscastTest {
    private static final int MEMBERS = 3_000;

    private final long seed = TestSeed.random("NewscastTest").nextLong();

    @Test
    @DisplayName("keeps everyone connected, nobody in its own view, and does the same for the same seed")
    void overlay() {
        int[][] once = afterTenCycles();
        assertThat(Graph.undirected(once).largestComponent()).isEqualTo(MEMBERS);
        for (int member = 0; member < MEMBERS; member++) {
            assertThat(once[member]).doesNotContain(member).hasSizeBetween(Newscast.CACHE / 2, Newscast.CACHE);
        }
        assertThat(afterTenCycles()).isDeepEqualTo(once);
    }

    @Test
    @DisplayName("the load is one exchange a member and cycle, and impossible ones are refused")
    void load() {
        EngineLoad load = EngineLoad.newscast(1_000, 3, seed);
        assertThat(load.events()).isBetween(8_000L, 9_000L);
        assertThat(load.eventsPerSecond()).isPositive();
        assertThatThrownBy(() -> EngineLoad.newscast(1, 1, seed)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> EngineLoad.newscast(2, 0, seed)).isInstanceOf(InvalidInputException.class);
    }

    private int[][] afterTenCycles() {
        Newscast newscast = new Newscast(MEMBERS, new SeededRandom(seed));
        newscast.run(10);
        return newscast.successors();
    }
}
