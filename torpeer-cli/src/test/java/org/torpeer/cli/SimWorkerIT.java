package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program with the module that it does not carry, where that was built beside it. */
@EnabledOnOs(OS.LINUX)
final class SimWorkerIT {
    private static final Path BUILT = Path.of("../torpeer-sim-hazelcast/target");

    @TempDir
    Path folder;

    @Test
    @DisplayName("from the module path, a sweep runs on a worker, and the worker ends with 0 when it is told to")
    void sweepsOnWorker() throws Exception {
        assumeThat(BUILT.resolve("lib")).isDirectory();
        List<Path> module = Stream.concat(jars(BUILT).stream(), jars(BUILT.resolve("lib")).stream())
                .toList();
        Path temporary = Files.createDirectories(folder.resolve("tmp/t"));
        Path out = folder.resolve("out");
        try (Child worker = Child.startWith(module, temporary, "sim", "worker", "--listen", "127.0.0.1:0")) {
            String address =
                    worker.await(line -> line.startsWith("worker at ")).replaceFirst("worker at ([^,]*),.*", "$1");
            try (Child sweep = Child.startWith(
                    module,
                    temporary,
                    "sim",
                    "sweep",
                    "--engine",
                    "hazelcast",
                    "--members",
                    address,
                    "--scenario",
                    "flash-crowd",
                    "--vary",
                    "nodes=3,4",
                    "--out",
                    out.toString())) {
                assertThat(sweep.end()).as(sweep.errors()).isZero();
                assertThat(sweep.await(line -> true)).startsWith("2 of 2 runs");
                // Java 24 and newer say for themselves that Hazelcast uses Unsafe, as "WARNING: ...", which the
                // launcher prevents.
                assertThat(sweep.errors()).doesNotContain(" WARN ");
            }
            Run replay =
                    Run.of("sim", "replay", out.resolve("cells/000002.json").toString());
            assertThat(replay.code()).as(replay.out()).isZero();
            worker.terminate();
            assertThat(worker.end()).as(worker.errors()).isZero();
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .toList();
        }
    }
}
