package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoOnLoopbackTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("all find all, every message comes back, and the report says so")
    void demonstrates() throws IOException {
        Path json = folder.resolve("demo.json");
        Run run = Run.of("demo", "--transport", "loopback", "--json", json.toString(), "--plain");
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).contains("all 5 nodes found each other, and 12 messages came back");
        DemoReportCheck.complete(Files.readString(json), "loopback", 5);
        assertThat(files()).containsExactly("demo.json");
    }

    @Test
    @DisplayName("a report that cannot be written is refused before anything starts, and nothing is touched")
    void refusesUnwritableReports() throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        for (Path wrong : List.of(place, place.resolve("absent/demo.json"))) {
            Run run = Run.of("demo", "--transport", "loopback", "--json", wrong.toString());
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.out()).isEmpty();
            assertThat(run.err()).hasLineCount(1).contains("cannot write");
        }
        Path there = Files.writeString(folder.resolve("there"), "what was there before");
        Run run = Run.of("demo", "--transport", "loopback", "--json", there.toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("it is kept");
        assertThat(there).hasContent("what was there before");
        assertThat(files()).containsExactlyInAnyOrder("place", "there");
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
