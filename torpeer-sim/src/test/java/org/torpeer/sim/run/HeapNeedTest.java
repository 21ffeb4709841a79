package org.torpeer.sim.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.RunPlan;

final class HeapNeedTest {
    @Test
    @DisplayName("the most nodes that fit do fit, and one more does not")
    void fitting() {
        for (long bytes : new long[] {1 << 20, 100 << 20, 1L << 30, 12L << 30}) {
            int fit = HeapNeed.fitting(bytes);
            assertThat(HeapNeed.of(fit)).isLessThanOrEqualTo(bytes);
            assertThat(HeapNeed.of(fit + 1)).isGreaterThan(bytes);
        }
        assertThat(HeapNeed.fitting(Long.MAX_VALUE)).isEqualTo(RunPlan.MAX_NODES);
        assertThat(HeapNeed.fitting(0)).isZero();
    }

    @Test
    @DisplayName("what would not fit is refused with the number that does")
    void refuses() {
        HeapNeed.check(2);
        int fit = HeapNeed.fitting(Runtime.getRuntime().maxMemory());
        assertThatThrownBy(() -> HeapNeed.check(RunPlan.MAX_NODES))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(fit + " nodes fit");
        assertThat(HeapNeed.parallel(RunPlan.MAX_NODES)).isEqualTo(1);
    }
}
