package org.torpeer.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.cli.terminal.Terminal;

final class DemoMatrixTest {
    @Test
    @DisplayName("the table fits any room, and fills")
    void fitsAnyRoom() {
        DemoMatrix matrix = new DemoMatrix(12, new Terminal(true, false, false));
        matrix.found(1, 2);
        matrix.answered(1, 2, Duration.ofMillis(7));
        matrix.found(2, 1);
        for (int width = 10; width < 120; width++) {
            for (int height = 1; height < 30; height++) {
                List<String> lines = matrix.lines(width, height);
                int columns = width;
                assertThat(lines).hasSizeLessThanOrEqualTo(height).allMatch(line -> line.length() <= columns);
            }
        }
        assertThat(matrix.lines(100, 30)).anyMatch(line -> line.matches(" +1 +starting +\\. +# .*1 of 11"));
        assertThat(matrix.lines(100, 30))
                .last()
                .asString()
                .contains("found 2 of 132, answered 1 of 110, median 7.0 ms");
    }
}
