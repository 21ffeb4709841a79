package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.pow.checkpoint.MiningCheckpoint;
import org.torpeer.testkit.TestSeed;

/** A solver that is killed again and again, as a process of its own. */
@Timeout(300)
final class KilledSolveIT {
    private static final int KILLS = 20;
    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final Duration INTERVAL = Duration.ofMillis(200);
    /** A machine with more to do than processors may be that late, now and then. */
    private static final Duration SLACK = Duration.ofSeconds(4);

    @TempDir
    Path folder;

    private Path temporary;
    private Path checkpoint;
    private Path proof;

    @BeforeEach
    void files() throws Exception {
        temporary = Files.createDirectory(folder.resolve("tmp"));
        checkpoint = folder.resolve("checkpoint");
        proof = folder.resolve("proof.json");
    }

    @Test
    @DisplayName("killed twenty times at random moments, it repeats no more than an interval, and ends with a proof")
    void survivesKills() throws Exception {
        Random random = TestSeed.random("survivesKills");
        List<Duration> lost = new ArrayList<>();
        long first = 0;
        long frontier = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            // Nobody finds so many bits: each run is there to be killed.
            try (Child child = solve(60)) {
                // Every fourth at any moment, perhaps before it mines; the others once they have.
                if (kill % 4 != 3) {
                    awaitProgress(child);
                }
                LockSupport.parkNanos(random.nextInt(600_000_000));
                assertThat(child.alive()).isTrue();
                child.kill();
                assertThat(child.end()).isEqualTo(128 + 9);
            }
            Duration age = Duration.ofMillis(Math.max(
                    0,
                    System.currentTimeMillis()
                            - Files.getLastModifiedTime(checkpoint).toMillis()));
            MiningCheckpoint kept = MiningCheckpoint.read(checkpoint).orElseThrow();
            first = first == 0 ? kept.nextNonce() - kept.attempts() : first;
            // One thread: what it says it tried is what lies between the beginning and the frontier, each once.
            assertThat(kept.attempts()).isEqualTo(kept.nextNonce() - first);
            if (kill % 4 != 3) {
                assertThat(kept.nextNonce() - first).isGreaterThan(frontier);
                lost.add(age);
            }
            assertThat(kept.nextNonce() - first).isGreaterThanOrEqualTo(frontier);
            frontier = kept.nextNonce() - first;
        }
        lost.sort(null);
        assertThat(lost.get(lost.size() / 2))
                .as("work lost by half of the kills")
                .isLessThan(INTERVAL.multipliedBy(2));
        assertThat(lost.get(lost.size() - 1)).as("work lost by any kill").isLessThan(INTERVAL.plus(SLACK));

        try (Child last = solve(20)) {
            assertThat(last.end()).as(last.errors()).isZero();
        }
        MiningCheckpoint end = MiningCheckpoint.read(checkpoint).orElseThrow();
        assertThat(end.attempts()).isEqualTo(end.nextNonce() - first).isGreaterThan(frontier);
        Run valid = Run.of("pow", "verify", proof.toString(), "--key", KEY, "--bits", "20");
        assertThat(valid.code()).as(valid.err()).isZero();
        System.out.printf("%d kills, %,d attempts kept, %,d in all, lost %s%n", KILLS, frontier, end.attempts(), lost);
    }

    @Test
    @DisplayName("a second process with the same checkpoint is refused in one line, and the first goes on")
    void refusesASecondProcess() throws Exception {
        try (Child first = solve(60)) {
            awaitProgress(first);
            try (Child second = solve(60)) {
                assertThat(second.end()).isEqualTo(1);
                assertThat(second.errors().lines().filter(line -> line.contains("in use by another search")))
                        .hasSize(1);
                assertThat(second.errors()).doesNotContain("\tat ");
            }
            awaitProgress(first);
            first.kill();
            first.end();
        }
        // What a killed process locked is free.
        try (Child third = solve(4)) {
            assertThat(third.end()).as(third.errors()).isZero();
        }
        assertThat(folder.resolve("checkpoint.lock")).doesNotExist();
    }

    private void awaitProgress(Child child) throws Exception {
        long before = attempts();
        while (attempts() <= before) {
            assertThat(child.alive()).as(child.errors()).isTrue();
            LockSupport.parkNanos(10_000_000);
        }
    }

    private long attempts() {
        return MiningCheckpoint.read(checkpoint).map(MiningCheckpoint::attempts).orElse(0L);
    }

    private Child solve(int bits) throws Exception {
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
                "--checkpoint-interval",
                Double.toString(INTERVAL.toMillis() / 1e3),
                "--out",
                proof.toString());
    }
}
