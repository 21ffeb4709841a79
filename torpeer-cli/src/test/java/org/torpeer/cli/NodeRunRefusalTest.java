package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** There is no tor where these nodes look for one: what is said of it was said after it was looked for. */
@Timeout(60)
final class NodeRunRefusalTest {
    private static final String NO_TOR = "127.0.0.1:1";

    @TempDir
    Path folder;

    @BeforeEach
    void makeIdentity() {
        Run made = Run.of("identity", "create", "--data", folder.toString(), "--network", "here", "--easy");
        assertThat(made.code()).as(made.err()).isZero();
    }

    @Test
    @DisplayName("another network is refused before tor is brought up")
    void anotherNetwork() {
        refuses(2, "made for the network 'here'", "--network", "there", "--easy");
    }

    @Test
    @DisplayName("a proof that is too small is refused before tor is brought up")
    void tooSmallAProof() {
        refuses(2, "identity raise --bits 99", "--network", "here", "--bits", "99");
    }

    @Test
    @DisplayName("a tor that is not there is named")
    void noTor() {
        refuses(1, "no control of the tor at " + NO_TOR, "--network", "here", "--easy");
    }

    private void refuses(int code, String reason, String... options) {
        String[] start = {"node", "run", "--data", folder.toString(), "--tor-control", NO_TOR};
        String[] line = Arrays.copyOf(start, start.length + options.length);
        System.arraycopy(options, 0, line, start.length, options.length);
        Run run = Run.of(line);
        assertThat(run.code()).as(run.err()).isEqualTo(code);
        assertThat(run.err()).contains(reason).doesNotContain("Exception");
    }
}
