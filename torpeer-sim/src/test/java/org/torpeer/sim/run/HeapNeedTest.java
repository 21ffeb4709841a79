package org.torpeer.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.Crypto;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.Scenario;

final class HeapNeedTest {
    private static final Map<String, String> SMALL_BOOKS = Map.of("books.mature", "32");
    private static final Map<String, String> LARGER_FOR_ROUTERS =
            Map.of("books.mature", "32", "books.routers-mature", "512");

    @Test
    @DisplayName("the most nodes that fit do fit, and one more does not")
    void fitting() {
        for (long bytes : new long[] {100 << 20, 1L << 30, 12L << 30}) {
            int fit = HeapNeed.fitting(Scenario.bootstrap(), bytes);
            assertThat(HeapNeed.of(plan(fit))).isLessThanOrEqualTo(bytes);
            assertThat(HeapNeed.of(plan(fit + 1))).isGreaterThan(bytes);
        }
        assertThat(HeapNeed.fitting(Scenario.bootstrap(), Long.MAX_VALUE)).isEqualTo(RunPlan.MAX_NODES);
        assertThat(HeapNeed.fitting(Scenario.bootstrap(), 0)).isZero();
    }

    @Test
    @DisplayName("small books take less, and nodes that restart more")
    void scenarios() {
        long bytes = 12L << 30;
        assertThat(HeapNeed.fitting(Scenario.bootstrap().with(SMALL_BOOKS, "a test"), bytes))
                .isGreaterThan(2 * HeapNeed.fitting(Scenario.bootstrap(), bytes));
        assertThat(HeapNeed.fitting(Scenario.bootstrap().with(LARGER_FOR_ROUTERS, "a test"), bytes))
                .isBetween(
                        HeapNeed.fitting(Scenario.bootstrap(), bytes),
                        HeapNeed.fitting(Scenario.bootstrap().with(SMALL_BOOKS, "a test"), bytes) - 1);
        assertThat(HeapNeed.fitting(Scenario.churning(), bytes))
                .isLessThan(HeapNeed.fitting(Scenario.bootstrap(), bytes));
    }

    @Test
    @DisplayName("what would not fit is refused with the number that does")
    void refuses() {
        HeapNeed.check(plan(2));
        long heap = Runtime.getRuntime().maxMemory();
        Scenario small = Scenario.bootstrap().with(SMALL_BOOKS, "a test");
        int fit = HeapNeed.fitting(Scenario.bootstrap(), heap);
        int withSmall = HeapNeed.fitting(small, heap);
        assertThatThrownBy(() -> HeapNeed.check(plan(RunPlan.MAX_NODES)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(
                        fit + " nodes fit, and " + withSmall + " with smaller books, such as books.mature=32 (");
        assertThatThrownBy(() -> HeapNeed.check(new RunPlan(small, RunPlan.MAX_NODES, 1, Crypto.SIMULATED), 100 << 20))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(" nodes fit (");
        assertThat(HeapNeed.parallel(plan(RunPlan.MAX_NODES))).isEqualTo(1);
    }

    private static RunPlan plan(int nodes) {
        return new RunPlan(Scenario.bootstrap(), nodes, 1, Crypto.SIMULATED);
    }
}
