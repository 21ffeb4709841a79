package org.torpeer.transport.tor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.NodeRuntime;

class TorLabIT {
    @TempDir
    Path temporary;

    @Test
    void comesUpAndLeavesNothingBehind() {
        Path folder = temporary.resolve("lab");
        List<Progress> reports = new CopyOnWriteArrayList<>();
        try (NodeRuntime runtime = NodeRuntime.system("lab-test")) {
            long start = runtime.loop().nanoTime();
            var starting = TorLab.start(TorLabOptions.in(folder), runtime);
            starting.onProgress(reports::add);
            List<Long> pids;
            try (TorLab lab = starting.await(Duration.ofMinutes(3))) {
                System.out.printf(
                        "the lab was up after %.1f s%n", (runtime.loop().nanoTime() - start) / 1e9);
                pids = lab.pids();
                assertThat(lab.clients()).hasSize(2);
                assertThat(pids)
                        .hasSize(6)
                        .allMatch(pid -> ProcessHandle.of(pid).isPresent());
            }
            assertThat(pids).noneMatch(pid -> ProcessHandle.of(pid).isPresent());
            assertThat(Files.exists(folder)).isFalse();
            assertThat(reports).extracting(Progress::step).contains("keys", "consensus", "clients");
            assertThat(reports).extracting(Progress::fraction).allMatch(done -> done >= 0 && done <= 1);
        }
    }
}
