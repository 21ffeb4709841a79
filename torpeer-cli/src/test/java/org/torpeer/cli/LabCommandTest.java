package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LabCommandTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"#!/bin/sh\nexit 1\n", "#!/bin/sh\necho hello\n", "#!/nowhere/at/all\n", "\u0000"})
    @DisplayName("what is no tor is told in one line, before a lab is begun")
    void refusesWhatIsNoTor(String content) throws IOException {
        Path bad = Files.writeString(folder.resolve("tor"), content);
        Files.setPosixFilePermissions(bad, PosixFilePermissions.fromString("rwx------"));
        Run run = Run.of(
                "lab", "--tor", bad.toString(), "--dir", folder.resolve("lab").toString());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(bad.toString()).doesNotContain("nobody thought of");
        assertThat(folder.resolve("lab")).doesNotExist();
    }
}
