package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.process.Stopwatch;

final class DemoOnTorIT {
    @TempDir
    Path folder;

    private Path temporary = Path.of("");

    @BeforeEach
    void makeFolder() throws Exception {
        temporary = Files.createDirectory(folder.toRealPath().resolve("tmp"));
    }

    @Test
    @DisplayName("on real onion services all find all, every message comes back, and nothing is left behind")
    void demonstrates() throws Exception {
        Path json = folder.resolve("demo.json");
        Stopwatch stopwatch = new Stopwatch();
        try (Child demo = Child.start(temporary, "demo", "--json", json.toString())) {
            assertThat(demo.end()).as(demo.errors()).isZero();
            System.out.println("the demonstration took " + stopwatch.elapsed().toMillis() + " ms");
            assertThat(demo.errors()).isEmpty();
        }
        DemoReportCheck.complete(Files.readString(json), "tor", 5);
        assertThat(temporary).isEmptyDirectory();
        assertThat(Tors.below(temporary)).isEmpty();
    }

    @Test
    @DisplayName("killed in the middle, it leaves no tor")
    void leavesNoTorWhenKilled() throws Exception {
        List<ProcessHandle> tors;
        try (Child demo = Child.start(temporary, "demo")) {
            demo.await(line -> line.contains("network: ready"));
            tors = Tors.below(temporary);
            assertThat(tors).hasSizeGreaterThanOrEqualTo(6);
            demo.kill();
        }
        Tors.awaitEnd(tors, 30);
        assertThat(Tors.below(temporary)).isEmpty();
    }

    @Test
    @DisplayName("broken off, it ends its tors, deletes its folder, and says that it did not do it")
    void endsInOrderWhenBrokenOff() throws Exception {
        try (Child demo = Child.start(temporary, "demo")) {
            demo.await(line -> line.contains("network: ready"));
            demo.terminate();
            assertThat(demo.end()).isEqualTo(143);
        }
        assertThat(Tors.below(temporary)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }
}
