package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.testkit.ChildJvm;
import org.torpeer.testkit.TestSeed;

/** Few bytes that would cost a careless node its memory or its processor. */
class BombTest {
    private static final String HEAP = "-Xmx40m";

    @Test
    @DisplayName("nesting, repetition, unknown fields, lying lengths and scrypt parameters in 40 MiB of heap")
    void aNodeWithLittleMemoryOutlivesBombs() throws Exception {
        long seed = TestSeed.random("BombTest").nextLong();
        Process child = ChildJvm.running(
                        BombedNode.class, List.of(HEAP, "-XX:+ExitOnOutOfMemoryError"), String.valueOf(seed))
                .start();
        try (BufferedReader output = child.inputReader(StandardCharsets.UTF_8)) {
            List<String> lines = output.lines().toList();
            assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as("seed %d: %s", seed, lines).isZero();
            assertThat(lines).endsWith("unharmed");
        } finally {
            child.destroyForcibly();
        }
    }
}
