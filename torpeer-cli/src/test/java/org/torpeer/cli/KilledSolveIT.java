package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.pow.CheckpointedMining;
import org.torpeer.pow.checkpoint.MiningCheckpoint;
import org.torpeer.testkit.TestSeed;

/** A solver that is killed again and again, as a process of its own. */
@Timeout(300)
final class KilledSolveIT {
    private static final int KILLS = 20;
    private static final String KEY = "0123456789abcdef".repeat(4);
    /** A machine with more to do than processors may be that late. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    @Test
    @DisplayName("killed twenty times at random moments, it repeats no more than an interval, and ends with a proof")
    void survivesKills() throws Exception {
        Random random = TestSeed.random("survivesKills");
        Path checkpoint = folder.resolve("checkpoint");
        Path proof = folder.resolve("proof.json");
        Path temporary = Files.createDirectory(folder.resolve("tmp"));
        long first = 0;
        long frontier = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // One in four lives for more than an interval, so that there is something to go on from.
            Duration life = kill % 4 == 3
                    ? CheckpointedMining.INTERVAL.plusMillis(500 + random.nextInt(1500))
                    : Duration.ofMillis(200 + random.nextInt(800));
            // Nobody finds so many bits: each run is there to be killed.
            try (Child child = solve(temporary, proof, checkpoint, 60)) {
                LockSupport.parkNanos(life.toNanos());
                assertThat(child.alive()).isTrue();
                child.kill();
                assertThat(child.end()).isEqualTo(128 + 9);
            }
            if (kill < 3 && !Files.exists(checkpoint)) {
                continue;
            }
            Duration age = Duration.ofMillis(Math.max(
                    0,
                    System.currentTimeMillis()
                            - Files.getLastModifiedTime(checkpoint).toMillis()));
            boolean touched = life.compareTo(CheckpointedMining.INTERVAL) > 0;
            MiningCheckpoint kept = MiningCheckpoint.read(checkpoint).orElseThrow();
            first = first == 0 ? kept.nextNonce() - kept.attempts() : first;
            // One thread: what it says it tried is what lies between the beginning and the frontier, each once.
            assertThat(kept.attempts()).isEqualTo(kept.nextNonce() - first);
            assertThat(kept.nextNonce() - first).isGreaterThanOrEqualTo(frontier);
            frontier = kept.nextNonce() - first;
            if (touched) {
                assertThat(age).isLessThan(CheckpointedMining.INTERVAL.plus(SLACK));
            }
        }
        assertThat(frontier).isPositive();

        try (Child last = solve(temporary, proof, checkpoint, 20)) {
            assertThat(last.end()).as(last.errors()).isZero();
        }
        MiningCheckpoint end = MiningCheckpoint.read(checkpoint).orElseThrow();
        assertThat(end.attempts()).isEqualTo(end.nextNonce() - first).isGreaterThan(frontier);
        Run valid = Run.of("pow", "verify", proof.toString(), "--key", KEY, "--bits", "20");
        assertThat(valid.code()).as(valid.err()).isZero();
        System.out.printf("%d kills, %,d attempts kept, %,d in all%n", KILLS, frontier, end.attempts());
    }

    private static Child solve(Path temporary, Path proof, Path checkpoint, int bits) throws Exception {
        return Child.start(
                temporary,
                "pow",
                "solve",
                "--key",
                KEY,
                "--algorithm",
                "sha256",
                "--bits",
                Integer.toString(bits),
                "--threads",
                "1",
                "--checkpoint",
                checkpoint.toString(),
                "--out",
                proof.toString());
    }
}
