package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabOptions;

class LabFolderTest {
    @TempDir
    Path temporary;

    @Test
    void isDeletedOnClose() throws IOException {
        Path folder = temporary.resolve("lab");
        try (LabFolder claimed = LabFolder.claim(folder)) {
            Files.createDirectories(claimed.path().resolve("network1/keys"));
        }
        assertThat(Files.exists(folder)).isFalse();
    }

    @Test
    void ofARunningLabIsRefused() throws IOException {
        try (LabFolder claimed = LabFolder.claim(temporary.resolve("lab"))) {
            assertThatThrownBy(() -> LabFolder.claim(claimed.path()))
                    .isInstanceOf(InvalidInputException.class)
                    .hasMessageContaining("another lab");
            assertThat(claimed.path()).exists();
        }
    }

    @Test
    void withOtherFilesIsRefusedAndLeftAlone() throws IOException {
        Path precious = Files.writeString(temporary.resolve("precious"), "data");
        assertThatThrownBy(() -> LabFolder.claim(temporary)).isInstanceOf(InvalidInputException.class);
        assertThat(precious).hasContent("data");
    }

    @Test
    void ofAKilledLabIsEmptiedAndTakenOver() throws IOException {
        Path folder = Files.createDirectories(temporary.resolve("lab"));
        Files.writeString(folder.resolve("torpeer-lab"), "");
        Path leftover = Files.createDirectories(folder.resolve("network1/keys")).resolve("key");
        Files.writeString(leftover, "old");
        try (LabFolder claimed = LabFolder.claim(folder)) {
            assertThat(leftover).doesNotExist();
            assertThat(claimed.path().resolve("torpeer-lab")).exists();
        }
    }

    /** A program that is no tor fails every start; the failure names it, and nothing stays. */
    @Test
    void aLabThatCannotStartSaysWhyAndLeavesNothing() {
        Path folder = temporary.resolve("lab");
        try (NodeRuntime runtime = NodeRuntime.system("lab-test")) {
            var starting = TorLab.start(TorLabOptions.in(folder).tor(Path.of("/bin/false")), runtime);
            assertThatThrownBy(() -> starting.await(Duration.ofSeconds(30)))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("3 starts")
                    .hasMessageContaining("tor ended at once, with status 1");
        }
        assertThat(folder).doesNotExist();
    }
}
