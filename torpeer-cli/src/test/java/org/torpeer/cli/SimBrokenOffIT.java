package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Simulations as processes that get a signal. */
@EnabledOnOs(OS.LINUX)
final class SimBrokenOffIT {
    private static final int TERMINATED = 143;

    @TempDir
    Path folder;

    @Test
    @DisplayName("a run that is broken off keeps what it has, says so, and is replayed to the same point")
    void run() throws Exception {
        Path out = folder.resolve("out");
        try (Child child =
                start("sim", "run", "churn", "--nodes", "40", "--seeds", "9", "--events", "--out", out.toString())) {
            while (!Files.exists(out.resolve("events-1.jsonl")) || Files.size(out.resolve("events-1.jsonl")) == 0) {
                assertThat(child.alive()).as(child.errors()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            child.terminate();
            assertThat(child.end()).isEqualTo(TERMINATED);
            assertThat(child.errors()).contains("broken off after ", "what was reached is in " + out);
        }
        assertThat(out.resolve("run.json")).content().contains("\"complete\" : false", "\"partialSeeds\" : [ 1 ]");
        assertThat(out.resolve("report.html"))
                .content()
                .contains("Broken off: 0 of 9 seeds came to their end, and what is shown is seed 1 alone");
        Run replay = Run.of("sim", "replay", out.resolve("run.json").toString());
        assertThat(replay.code()).as(replay.out()).isZero();
    }

    @Test
    @DisplayName("a sweep that is broken off goes on with the same command")
    void sweep() throws Exception {
        Path out = folder.resolve("out");
        String[] command = {
            "sim",
            "sweep",
            "--scenario",
            "flash-crowd",
            "--vary",
            "nodes=12",
            "--vary",
            "seed=1..40",
            "--out",
            out.toString()
        };
        try (Child child = start(command)) {
            while (!Files.exists(out.resolve("cells/000001.json"))) {
                assertThat(child.alive()).as(child.errors()).isTrue();
                TimeUnit.MILLISECONDS.sleep(20);
            }
            child.terminate();
            assertThat(child.end()).isEqualTo(TERMINATED);
            assertThat(child.errors()).contains("the same command goes on with it");
        }
        assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSizeBetween(2, 40);
        Run rest = Run.of(command);
        assertThat(rest.code()).as(rest.err()).isZero();
        assertThat(rest.err()).contains(" of 40 runs are finished already");
        assertThat(Files.readAllLines(out.resolve("sweep.csv"))).hasSize(41);
    }

    @Test
    @DisplayName("a replay that is broken off says nothing of runs it has not seen to their end")
    void replay() throws Exception {
        Path out = folder.resolve("out");
        Run once = Run.of("sim", "run", "churn", "--nodes", "60", "--seeds", "3", "--out", out.toString());
        assertThat(once.code()).as(once.err()).isZero();
        try (Child child = start("sim", "replay", out.resolve("run.json").toString())) {
            while (child.alive() && child.busy().toMillis() < 2000) {
                TimeUnit.MILLISECONDS.sleep(20);
            }
            child.terminate();
            assertThat(child.end()).isIn(TERMINATED, 0);
            assertThat(child.errors()).doesNotContain("went another way");
        }
    }

    private Child start(String... arguments) throws Exception {
        return Child.start(Files.createDirectories(folder.resolve("tmp/t")), arguments);
    }
}
