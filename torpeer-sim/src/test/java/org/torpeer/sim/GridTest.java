package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;

final class GridTest {
    private final Grid grid = Grid.empty().vary("scenario", "bootstrap, churn", "here");

    @TempDir
    Path folder;

    @Test
    @DisplayName("every combination is a cell, and what a cell says is its plan's")
    void combinations() {
        var cells = grid.vary("nodes", "5,7", "here")
                .vary("seed", "3..5", "here")
                .vary("links.dial-failure", "0", "here")
                .cells();
        assertThat(cells).hasSize(12).doesNotHaveDuplicates();
        assertThat(cells.get(0).varied())
                .isEqualTo(Map.of("scenario", "bootstrap", "nodes", "5", "seed", "3", "links.dial-failure", "0"));
        RunPlan last = cells.get(11).plan();
        assertThat(last.scenario().name()).isEqualTo("churn");
        assertThat(last.nodes()).isEqualTo(7);
        assertThat(last.seed()).isEqualTo(5);
        assertThat(last.scenario().links().dialFailure()).isZero();
    }

    @Test
    @DisplayName("the comma of a lognormal latency separates nothing")
    void lognormal() {
        assertThat(grid.vary("links.connect", "1 s, median 5 s, p99 60 s", "here")
                        .cells())
                .hasSize(4);
    }

    @Test
    @DisplayName("a file is the same, and its errors name the line")
    void file() throws IOException {
        Path file = folder.resolve("grid.txt");
        Files.writeString(file, "scenario = flash-crowd\nseed = 1..2   # two\nnodes = 5, 1\n");
        assertThatThrownBy(() -> Grid.read(file).cells())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("grid.txt:3: nodes = 1: ");
        Files.writeString(file, "scenario = flash-crowd\nseed = 1..2   # two\nnodes = 5, 6\n");
        assertThat(Grid.read(file).cells()).hasSize(4);
    }

    @Test
    @DisplayName("what makes no sense is refused")
    void refused() {
        assertThatThrownBy(() -> Grid.empty().vary("nodes", "5", "here").cells())
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> grid.vary("nodes", "5,,6", "here")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> grid.vary("seed", "5..1", "here")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> grid.vary("seed", "1..999999999", "here")).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> grid.vary("seed", "1..1000", "here")
                        .vary("nodes", "2..1000", "here")
                        .cells())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("at most");
        assertThatThrownBy(() -> grid.vary("noodles", "1", "here").cells())
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("here: there is no key 'noodles'");
        assertThatThrownBy(() -> grid.vary("seed", "-1", "here").cells()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> grid.vary("crypto", "none", "here").cells()).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Grid.empty().vary("scenario", "none", "here").cells())
                .isInstanceOf(InvalidInputException.class);
    }
}
