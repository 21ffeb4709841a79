package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;

final class PowBenchTest {
    @Test
    @DisplayName("every kernel is measured, and of each algorithm one is used")
    void compares() {
        Run run = Run.of("pow", "bench", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        List<Map<?, ?>> kernels = Field.objects(Json.object(run.out()), "kernels");
        assertThat(kernels.stream().filter(kernel -> Boolean.TRUE.equals(kernel.get("used"))))
                .hasSize(3);
        assertThat(kernels)
                .filteredOn(kernel -> Field.text(kernel, "kernel").equals("portable"))
                .hasSize(3)
                .allSatisfy(kernel -> {
                    assertThat(kernel.get("usable")).isEqualTo(true);
                    assertThat(Field.number(kernel, "attemptsPerSecond")).isPositive();
                    assertThat(Field.number(kernel, "ratio")).isEqualTo(1);
                });
    }
}
