package org.torpeer.cli;

import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.sim.report.OutputFolder;

final class SimCommandsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("list names the scenarios, and what show prints of one can be copied, changed and run")
    void scenarios() throws IOException {
        Run list = Run.of("sim", "list");
        assertThat(list.code()).isZero();
        assertThat(list.out()).contains("bootstrap ", "churn ", "partition ", "flash-crowd ");
        assertThat(Run.of("sim", "list", "--json").out())
                .startsWith("{\"scenarios\":[{\"name\":\"bootstrap\",\"about\":");
        Run keys = Run.of("sim", "show", "--keys");
        assertThat(keys.code()).isZero();
        assertThat(keys.out()).contains("links.dial-failure = 0.075 ", "adversary.kind = sybil ");
        Run show = Run.of("sim", "show", "flash-crowd");
        Path mine = folder.resolve("mine.scenario");
        Files.writeString(mine, show.out() + "nodes = 4\nlinks.dial-failure = 0\n");
        Run run = Run.of("sim", "run", mine.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out())
                .contains(
                        "\"schema\" : \"torpeer.run/1\"",
                        "\"scenario\" : \"mine\"",
                        "\"nodes\" : 4",
                        "\"links.dial-failure\" : \"0.0\"");
        Files.writeString(mine, show.out() + "links.connect = -2 s\n");
        Run wrong = Run.of("sim", "run", mine.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).hasLineCount(1).contains("mine.scenario:").contains("links.connect = -2 s: ");
    }

    @Test
    @DisplayName("a run is written, refuses to be written over, and is replayed; a changed one is noticed")
    void runAndReplay() throws IOException {
        Path out = folder.resolve("out");
        String[] command = {
            "sim",
            "run",
            "flash-crowd",
            "--nodes",
            "5",
            "--seeds",
            "2",
            "--seed",
            "7",
            "--events",
            "--out",
            out.toString()
        };
        Run run = Run.of(command);
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("seed 7: trace ", "seed 8: trace ", "report: " + out.resolve("report.html"));
        assertThat(run.err()).contains("% discovered");
        assertThat(out.resolve("events-8.jsonl")).isNotEmptyFile();
        String written = Files.readString(out.resolve("run.json"));

        Run again = Run.of(command);
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.err()).hasLineCount(1).contains("is not empty");
        assertThat(out).isDirectoryNotContaining("glob:**lock");
        assertThat(out.resolve("run.json")).hasContent(written);

        Run replay = Run.of("sim", "replay", out.resolve("run.json").toString());
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out()).contains("seed 7: the same trace, ", "seed 8: the same trace, ");

        Path changed = folder.resolve("changed.json");
        Files.writeString(changed, written.replace("\"arrivals\" : \"10 s\"", "\"arrivals\" : \"11 s\""));
        Run different = Run.of("sim", "replay", changed.toString());
        assertThat(different.code()).isEqualTo(1);
        assertThat(different.out()).contains("seed 7: trace ", " instead of ");
        assertThat(different.err()).contains("2 of 2 runs went another way");
    }

    @Test
    @DisplayName("of two commands into one folder at the same time, the second is refused and harms nothing")
    void oneAtATime() throws IOException {
        Path out = folder.resolve("out");
        String[] run = {"sim", "run", "flash-crowd", "--nodes", "4", "--out", out.toString()};
        String[] sweep = {"sim", "sweep", "--scenario", "flash-crowd", "--vary", "nodes=4", "--out", out.toString()};
        try (OutputFolder first = OutputFolder.prepare(out)) {
            for (String[] command : List.of(run, sweep)) {
                Run second = Run.of(command);
                assertThat(second.code()).isEqualTo(2);
                assertThat(second.err()).hasLineCount(1).contains(out + " is in use by another command");
            }
            first.write("mine", to -> to.write("mine"));
        }
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).containsExactly(out.resolve("mine"));
        }
    }

    @Test
    @DisplayName("a run that was cut short by its duration is replayed to the same point")
    void duration() {
        Path out = folder.resolve("out");
        Run run = Run.of("sim", "run", "bootstrap", "--nodes", "6", "--duration", "90s", "--out", out.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains("not reached", "90.0 s simulated");
        assertThat(out.resolve("run.json")).content().contains("\"p100Seconds\" : null", "\"simulatedSeconds\" : 90.0");
        assertThat(Run.of("sim", "replay", out.resolve("run.json").toString()).code())
                .isZero();
    }

    @Test
    @DisplayName("a sweep goes on where it was, and does not run again what is finished")
    void sweep() throws IOException {
        Path grid = Files.writeString(folder.resolve("grid.txt"), "scenario = flash-crowd\nnodes = 3, 4\n");
        Path out = folder.resolve("sweep");
        String[] command = {"sim", "sweep", grid.toString(), "--vary", "seed=1..2", "--out", out.toString()};
        Run first = Run.of(command);
        assertThat(first.code()).as(first.err()).isZero();
        assertThat(first.out()).contains("4 of 4 runs");
        List<String> table = Files.readAllLines(out.resolve("sweep.csv"));
        assertThat(table).hasSize(5);

        Path kept = out.resolve("cells/000001.json");
        FileTime marked = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
        Files.setLastModifiedTime(kept, marked);
        Files.delete(out.resolve("cells/000003.json"));
        Run second = Run.of(command);
        assertThat(second.code()).as(second.err()).isZero();
        assertThat(second.err()).contains("3 of 4 runs are finished already");
        assertThat(Files.getLastModifiedTime(kept)).isEqualTo(marked);
        assertThat(column(Files.readAllLines(out.resolve("sweep.csv")))).isEqualTo(column(table));
        assertThat(Run.of("sim", "replay", out.resolve("cells/000003.json").toString())
                        .code())
                .isZero();

        Files.copy(out.resolve("cells/000002.json"), out.resolve("cells/000004.json"), REPLACE_EXISTING);
        Run third = Run.of(command);
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.err())
                .contains(
                        "cells/000004.json is not the run of this sweep that belongs there",
                        "3 of 4 runs are finished");
        assertThat(column(Files.readAllLines(out.resolve("sweep.csv")))).isEqualTo(column(table));

        Run other = Run.of("sim", "sweep", grid.toString(), "--vary", "seed=1..3", "--out", out.toString());
        assertThat(other.code()).isEqualTo(2);
        assertThat(other.err()).hasLineCount(1).contains("holds another sweep");
        try (Stream<Path> files = Files.list(out.resolve("cells"))) {
            assertThat(files).hasSize(4);
        }
    }

    @Test
    @DisplayName("what is not there to run a sweep is said in one line, with the module that is missing")
    void engines() {
        Path out = folder.resolve("sweep");
        String[] command = {"sim", "sweep", "--scenario", "flash-crowd", "--out", out.toString(), "--engine"};
        for (String[] arguments : List.of(with(command, "hazelcast"), new String[] {"sim", "worker"})) {
            Run run = Run.of(arguments);
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err())
                    .hasLineCount(1)
                    .contains("there is no sweep engine named 'hazelcast'; there is local; add the module"
                            + " torpeer-sim-hazelcast: start the program as TORPEER_MODULES=torpeer-sim-hazelcast"
                            + " ./torpeer ...");
        }
        Run local = Run.of(with(command, "local", "--members", "127.0.0.1:5701"));
        assertThat(local.code()).isEqualTo(2);
        assertThat(local.err()).hasLineCount(1).contains("local has no members");
        Run worker = Run.of("sim", "worker", "--engine", "local");
        assertThat(worker.code()).isEqualTo(2);
        assertThat(worker.err()).hasLineCount(1).contains("local has no workers");
        assertThat(Run.of(with(command, "local", "--members", "example.org:1")).err())
                .hasLineCount(1)
                .contains("a host is an IPv4 address");
        assertThat(Run.of(with(command, "local", "--cluster", "a b")).err())
                .hasLineCount(1)
                .contains("a cluster's name is");
        assertThat(out).doesNotExist();
    }

    @Test
    @DisplayName("a setting that is varied twice is refused")
    void twice() {
        Path out = folder.resolve("sweep");
        for (List<String> keys : List.of(List.of("nodes=3", "nodes=4"), List.of("scenario=churn", "nodes=4"))) {
            Run run = Run.of(
                    "sim",
                    "sweep",
                    "--scenario",
                    "flash-crowd",
                    "--vary",
                    keys.get(0),
                    "--vary",
                    keys.get(1),
                    "--out",
                    out.toString());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).hasLineCount(1).contains(" is given twice");
        }
        assertThat(out).doesNotExist();
    }

    private static String[] with(String[] command, String... more) {
        return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
    }

    /** The trace hashes, which say all. */
    private static List<String> column(List<String> table) {
        int at = List.of(table.get(0).split(",", -1)).indexOf("traceHash");
        return table.stream().map(line -> line.split(",", -1)[at]).toList();
    }

    @Test
    @DisplayName("too many nodes for the heap are refused before anything runs, with the number that fits")
    void heap() {
        Path out = folder.resolve("out");
        Run run = Run.of("sim", "run", "bootstrap", "--nodes", "200000", "--out", out.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).containsPattern("[0-9]+ nodes fit");
        assertThat(out).doesNotExist();
    }
}
