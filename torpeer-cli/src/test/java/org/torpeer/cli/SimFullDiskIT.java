package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Simulations that cannot write what they found: files that must not grow stand for a disk that is full. */
@EnabledOnOs(OS.LINUX)
final class SimFullDiskIT {
    @TempDir
    Path folder;

    @Test
    @DisplayName("a run whose results cannot be written tells them, says in one line why, and leaves no half of a file")
    void run() throws Exception {
        Path out = folder.resolve("out");
        try (Child child = limited("sim", "run", "flash-crowd", "--nodes", "8", "--out", out.toString())) {
            assertThat(child.end()).isEqualTo(Program.FAILED);
            assertThat(failures(child))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("torpeer sim run: cannot write " + out)
                    .endsWith(": File too large");
            assertThat(child.await(line -> line.startsWith("seed 1: trace "))).isNotEmpty();
        }
        assertThat(out.resolve("report.html"))
                .as("the largest, which comes last")
                .doesNotExist();
    }

    @Test
    @DisplayName("a run whose events cannot be written ends, and says so in one line")
    void events() throws Exception {
        Path out = folder.resolve("out");
        try (Child child = limited("sim", "run", "churn", "--nodes", "30", "--events", "--out", out.toString())) {
            assertThat(child.end()).isEqualTo(Program.FAILED);
            assertThat(failures(child))
                    .containsExactly(
                            "torpeer sim run: cannot write " + out.resolve("events-1.jsonl") + ": File too large");
        }
    }

    @Test
    @DisplayName("a sweep whose cells cannot be written ends with one line, and goes on when there is room again")
    void sweep() throws Exception {
        Path out = folder.resolve("out");
        String[] command = {"sim", "sweep", "--scenario", "flash-crowd", "--vary", "nodes=3,4", "--out", out.toString()
        };
        try (Child child = start(4, command)) {
            assertThat(child.end()).isEqualTo(Program.FAILED);
            assertThat(failures(child))
                    .hasSize(1)
                    .first()
                    .asString()
                    .startsWith("torpeer sim sweep: cannot write " + out.resolve("cells"))
                    .endsWith(": File too large");
        }
        assertThat(out).as("nothing came of it").doesNotExist();
        assertThat(Run.of(command).code()).isZero();
    }

    private static List<String> failures(Child child) throws Exception {
        return child.errors()
                .lines()
                .filter(line -> line.startsWith("torpeer sim "))
                .toList();
    }

    private Child limited(String... arguments) throws Exception {
        return start(24, arguments);
    }

    private Child start(int kib, String... arguments) throws Exception {
        return Child.startLimited(kib, Files.createDirectories(folder.resolve("tmp/t")), arguments);
    }
}
