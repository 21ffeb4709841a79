package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SimValidateIT {
    @Test
    @DisplayName("validate reproduces what was published")
    void validate() {
        Run run = Run.of("sim", "validate");
        assertThat(run.code()).as(run.out()).isZero();
        assertThat(run.out().lines().skip(1)).hasSizeGreaterThanOrEqualTo(12).allMatch(line -> line.startsWith("PASS"));
    }

    @Test
    @DisplayName("an engine that is broken on purpose fails it")
    void biased() {
        Run run = Run.of("sim", "validate", "--biased");
        assertThat(run.code()).isEqualTo(Program.FAILED);
        assertThat(run.out().lines().skip(1)).anyMatch(line -> line.startsWith("FAIL"));
        assertThat(run.err()).hasLineCount(1).endsWith(" figures are not as published" + System.lineSeparator());
    }
}
