package org.torpeer.sim.report;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.Grid;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.SavedRun;
import org.torpeer.sim.run.Simulation;

final class SweepFolderTest {
    private final Grid grid = Grid.empty()
            .vary("scenario", "flash-crowd", "here")
            .vary("nodes", "3,4", "here")
            .vary("seed", "1..2", "here");

    @TempDir
    Path folder;

    @Test
    @DisplayName("finished runs are kept and not run again; the table has them all")
    void resumes() throws IOException {
        Path path = folder.resolve("sweep");
        SweepFolder sweep = SweepFolder.prepare(path, grid);
        List<RunPlan> all = sweep.unfinished();
        assertThat(all).hasSize(4);
        keep(sweep, all.get(0));
        keep(sweep, all.get(2));
        assertThat(sweep.tabulate()).isEqualTo(2);
        assertThatThrownBy(() -> SweepFolder.prepare(path, grid))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is in use by another command");
        sweep.close();

        SweepFolder again = SweepFolder.prepare(path, grid);
        assertThat(again.unfinished()).containsExactly(all.get(1), all.get(3));
        again.unfinished().forEach(plan -> keep(again, plan));
        assertThat(again.unfinished()).isEmpty();
        assertThat(again.tabulate()).isEqualTo(4);
        List<String> lines = Files.readAllLines(path.resolve("sweep.csv"));
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).startsWith("scenario,nodes,seed,traceHash,simulatedSeconds,");
        assertThat(lines.get(3)).startsWith("flash-crowd,4,1,");
        assertThat(path.resolve("sweep.json")).content().contains("\"nodes\" : 4", "\"discovery.p50Seconds\" : ");
        SavedRun cell = SavedRun.read(path.resolve("cells/000003.json")).get(0);
        assertThat(cell.plan()).isEqualTo(all.get(2));
        assertThat(lines.get(3)).contains(cell.traceHash());
    }

    @Test
    @DisplayName("what is not the run of a plan, or was broken off, is not kept as it")
    void refusesOtherRuns() {
        SweepFolder sweep = SweepFolder.prepare(folder.resolve("sweep"), grid);
        RunPlan plan = sweep.unfinished().get(0);
        String right = RunJson.text(Simulation.run(plan));
        for (String wrong : List.of(
                "",
                "[]",
                right.substring(1),
                right.substring(0, right.length() / 2),
                right + right,
                RunJson.text(Simulation.run(plan, sample -> false)),
                RunJson.text(Simulation.run(sweep.unfinished().get(1))))) {
            assertThatThrownBy(() -> sweep.keep(plan, wrong))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageStartingWith("what came back ");
        }
        assertThat(sweep.unfinished()).hasSize(4);
        sweep.keep(plan, right);
        assertThat(sweep.unfinished()).hasSize(3);
    }

    @Test
    @DisplayName(
            "a cell of another sweep, or one that cannot be read, is not taken for this one's: it is run again, and said")
    void foreignCells() throws IOException {
        Path path = folder.resolve("sweep");
        SweepFolder sweep = SweepFolder.prepare(path, grid);
        List<RunPlan> all = sweep.unfinished();
        assertThat(sweep.doubts()).isEmpty();
        for (RunPlan plan : all) {
            keep(sweep, plan);
        }
        Path first = path.resolve("cells/000001.json");
        String right = Files.readString(first);
        RunPlan longer = new RunPlan(
                all.get(0).scenario().lasting(Duration.ofMinutes(50)),
                3,
                1,
                all.get(0).crypto());
        for (String wrong : List.of(
                Files.readString(path.resolve("cells/000002.json")),
                RunJson.text(Simulation.run(longer)),
                RunJson.text(Simulation.run(all.get(0), sample -> false)),
                right.substring(0, right.length() / 2),
                right.replaceAll("\"nodes\" : 3", "\"nodes\" : 99999999999999999999"),
                "garbage\u0000",
                "")) {
            Files.writeString(first, wrong);
            assertThat(sweep.unfinished()).containsExactly(all.get(0));
            assertThat(sweep.doubts())
                    .hasLineCount(1)
                    .startsWith(first + " is not the run of this sweep that belongs there, or is damaged");
            assertThat(sweep.tabulate()).isEqualTo(3);
            keep(sweep, all.get(0));
            assertThat(sweep.unfinished()).isEmpty();
        }
        Files.writeString(first, "garbage");
        Files.copy(path.resolve("cells/000003.json"), path.resolve("cells/000004.json"), REPLACE_EXISTING);
        assertThat(sweep.unfinished()).containsExactly(all.get(0), all.get(3));
        assertThat(sweep.doubts()).contains("000001.json and 1 more are not the runs");
    }

    private static void keep(SweepFolder sweep, RunPlan plan) {
        sweep.keep(plan, RunJson.text(Simulation.run(plan)));
    }

    @Test
    @DisplayName("a folder of another sweep, or of anything else, is refused")
    void refused() throws IOException {
        Path path = folder.resolve("sweep");
        SweepFolder.prepare(path, grid).close();
        assertThat(path).as("nothing came of it").doesNotExist();
        SweepFolder kept = SweepFolder.prepare(path, grid);
        keep(kept, kept.unfinished().get(0));
        kept.close();
        assertThatThrownBy(() -> SweepFolder.prepare(path, grid.vary("seed", "1..3", "here")))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("holds another sweep");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("mine"), "mine");
        assertThatThrownBy(() -> SweepFolder.prepare(other, grid))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("is not empty");
        assertThat(other).isDirectoryContaining("glob:**mine").isDirectoryNotContaining("glob:**grid.txt");
    }

    @Test
    @DisplayName("CSV fields with separators are quoted")
    void quotes() {
        assertThat(TableText.csv(
                        List.of("a", "b"), List.of(Map.of("a", "median 5 s, p99 60 s"), Map.of("b", "say \"x\""))))
                .isEqualTo("a,b\r\n\"median 5 s, p99 60 s\",\r\n,\"say \"\"x\"\"\"\r\n");
    }
}
