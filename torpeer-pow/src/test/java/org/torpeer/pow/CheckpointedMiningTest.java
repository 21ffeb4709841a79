package org.torpeer.pow;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.OperationTimeoutException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.checkpoint.CheckpointException;
import org.torpeer.pow.checkpoint.CheckpointException.Reason;
import org.torpeer.pow.checkpoint.MiningCheckpoint;
import org.torpeer.testkit.TestSeed;

class CheckpointedMiningTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final byte[] PREFIX = new byte[PowAlgorithm.PREFIX_BYTES];
    private static final PowAlgorithm SHA256 = Providers.powAlgorithms().require("sha256");

    private final NodeRuntime runtime = NodeRuntime.system("checkpoint-test");

    @TempDir
    private Path directory;

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void aResultIsKeptInTheFile() {
        Path file = directory.resolve("c");
        long nonce = CheckpointedMining.start(job(16, 0, 1), file, runtime).await(LONG);
        MiningCheckpoint checkpoint = MiningCheckpoint.read(file).orElseThrow();
        assertThat(checkpoint.found()).hasValue(nonce);
        assertThat(checkpoint.nextNonce()).isEqualTo(nonce + 1);
        assertThat(checkpoint.attempts()).isEqualTo(nonce + 1);
        assertThat(CheckpointedMining.start(job(16, 12345, 1), file, runtime).await(Duration.ofMillis(1)))
                .isEqualTo(nonce);
    }

    @Test
    void raisingGoesOnWhereTheLastProofWasFound() {
        Path file = directory.resolve("c");
        long nonce = -1;
        for (int bits = 10; bits <= 18; bits++) {
            long raised =
                    CheckpointedMining.start(job(bits, 0, 1), file, runtime).await(LONG);
            assertThat(raised).isGreaterThanOrEqualTo(nonce);
            assertThat(raised).isEqualTo(SHA256.newKernel("").search(PREFIX, 0, 1 << 24, bits));
            nonce = raised;
        }
        assertThat(MiningCheckpoint.read(file).orElseThrow().attempts()).isEqualTo(nonce + 1);
    }

    @Test
    void stoppedAgainAndAgainItRepeatsNothingAndFindsTheSame() throws IOException, InterruptedException {
        Random random = TestSeed.random("stoppedAgainAndAgain");
        Path file = directory.resolve("c");
        int bits = 23;
        long expected = SHA256.newKernel("").search(PREFIX, 0, 1 << 28, bits);
        long frontier = 0;
        for (int stop = 0; stop < 5; stop++) {
            Operation<Long> mining = CheckpointedMining.start(job(bits, 0, 1), file, runtime);
            try {
                mining.await(Duration.ofMillis(random.nextInt(40)));
            } catch (OperationTimeoutException e) {
                mining.cancel();
            }
            awaitMinersGone();
            MiningCheckpoint checkpoint = MiningCheckpoint.read(file).orElseThrow();
            assertThat(checkpoint.nextNonce()).isGreaterThanOrEqualTo(frontier);
            // One thread, ended in good order: what it tried is what lies before the frontier.
            assertThat(checkpoint.attempts()).isEqualTo(checkpoint.nextNonce());
            frontier = checkpoint.nextNonce();
        }
        assertThat(CheckpointedMining.start(job(bits, 0, 1), file, runtime).await(LONG))
                .isEqualTo(expected);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void everyNonceIsTriedWhateverTheStops() throws InterruptedException {
        Path file = directory.resolve("c");
        int bits = 12;
        byte[] first = PREFIX.clone();
        PowKernel kernel = SHA256.newKernel("");
        // With several threads the find may be any of the first; the frontier never passes one.
        for (int run = 0; run < 20; run++) {
            first[0] = (byte) run;
            Path own = directory.resolve("c" + run);
            MiningJob job = new MiningJob(SHA256, "", first, bits, 0, 3);
            long nonce = CheckpointedMining.start(job, own, runtime).await(LONG);
            MiningCheckpoint checkpoint = MiningCheckpoint.read(own).orElseThrow();
            int earliest = kernel.search(first, 0, 1 << 24, bits);
            assertThat(checkpoint.found()).hasValue(nonce);
            if (nonce != earliest) {
                assertThat(checkpoint.nextNonce()).isLessThanOrEqualTo(earliest + 1L);
            }
        }
        assertThat(file).doesNotExist();
        awaitMinersGone();
    }

    @Test
    void damagedFilesAreRefusedAndLeftAsTheyAre() throws IOException {
        Path good = directory.resolve("good");
        CheckpointedMining.start(job(4, 0, 1), good, runtime).await(LONG);
        String text = Files.readString(good);
        List<String> bad = List.of(
                "",
                "\n",
                text.substring(0, text.length() - 1),
                text.substring(0, text.length() / 2),
                text + "\n",
                text + "x".repeat(1 << 20),
                text.replace("next ", "next 1"),
                text.replace("attempts ", "attempts -"),
                text.replace("checkpoint 1", "checkpoint 2"),
                text.replace('\n', '\r'),
                "\0".repeat(500),
                "\u00ff\u20ac".repeat(500));
        for (String damaged : bad) {
            Path file = directory.resolve("bad");
            Files.writeString(file, damaged, UTF_8);
            assertRefused(job(4, 0, 1), file, Reason.CORRUPT);
            assertThat(Files.readString(file, UTF_8)).isEqualTo(damaged);
        }
    }

    @Test
    void everyFlippedBitIsNoticed() throws IOException {
        Path file = directory.resolve("c");
        CheckpointedMining.start(job(4, 0, 1), file, runtime).await(LONG);
        byte[] good = Files.readAllBytes(file);
        for (int i = 0; i < good.length; i++) {
            byte[] damaged = good.clone();
            damaged[i] ^= (byte) (1 << (i % 8));
            Files.write(file, damaged);
            assertRefused(job(4, 0, 1), file, Reason.CORRUPT);
        }
        Files.write(file, Arrays.copyOf(good, good.length));
        assertThat(MiningCheckpoint.read(file)).isPresent();
    }

    @Test
    void checkpointsOfOtherWorkAreRefused() {
        byte[] other = PREFIX.clone();
        other[43] = 1;
        List<MiningCheckpoint> foreign = List.of(
                new MiningCheckpoint("sha256", "", other, 7, 7, 7, OptionalLong.empty()),
                new MiningCheckpoint("scrypt", "", PREFIX, 7, 7, 7, OptionalLong.empty()),
                new MiningCheckpoint("sha256", "x", PREFIX, 7, 7, 7, OptionalLong.of(7)));
        for (MiningCheckpoint checkpoint : foreign) {
            Path file = directory.resolve("foreign");
            checkpoint.write(file);
            assertRefused(job(4, 0, 1), file, Reason.FOREIGN);
            assertThat(MiningCheckpoint.read(file)).contains(checkpoint);
        }
    }

    @Test
    void aFileThatCannotBeWrittenIsSaidAtOnce() throws IOException {
        assertRefused(job(4, 0, 1), directory.resolve("missing").resolve("c"), Reason.UNAVAILABLE);
        assertRefused(job(4, 0, 1), directory, Reason.UNAVAILABLE);
    }

    @Test
    void oneSearchAtATimeUsesAFile() throws InterruptedException {
        Path file = directory.resolve("c");
        Operation<Long> first = CheckpointedMining.start(job(255, 0, 2), file, runtime);
        assertRefused(job(4, 0, 1), file, Reason.IN_USE);
        assertRefused(job(4, 0, 1), directory.resolve(".").resolve("c"), Reason.IN_USE);
        assertThat(MiningCheckpoint.read(file)).isPresent();
        first.cancel();
        // At once: what the first still has to write is waited for.
        assertThat(CheckpointedMining.start(job(4, 0, 1), file, runtime).await(LONG))
                .isNotNegative();
        awaitMinersGone();
        assertThat(directory.resolve("c.lock")).doesNotExist();
    }

    @Test
    void theIntervalIsKept() throws InterruptedException {
        Path file = directory.resolve("c");
        Duration interval = Duration.ofMillis(100);
        Operation<Long> mining = CheckpointedMining.start(job(255, 0, 1), file, runtime, interval);
        long writes = 0;
        long last = -1;
        for (int i = 0; i < 3000 && writes < 4; i++) {
            long next = MiningCheckpoint.read(file).orElseThrow().nextNonce();
            writes += next > last ? 1 : 0;
            last = next;
            TimeUnit.MILLISECONDS.sleep(10);
        }
        mining.cancel();
        awaitMinersGone();
        assertThat(writes).isEqualTo(4);
        for (Duration bad : List.of(Duration.ofMillis(99), Duration.ofSeconds(-1), Duration.ofHours(2))) {
            assertThatThrownBy(() -> CheckpointedMining.start(job(4, 0, 1), file, runtime, bad))
                    .isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    void aFoundNonceThatDoesNotScoreIsNoResult() {
        Path file = directory.resolve("c");
        int earliest = SHA256.newKernel("").search(PREFIX, 0, 1 << 24, 14);
        new MiningCheckpoint("sha256", "", PREFIX, 0, 0, 0, OptionalLong.of(earliest + 1L)).write(file);
        assertThat(CheckpointedMining.start(job(14, 0, 1), file, runtime).await(LONG))
                .isEqualTo(earliest);
    }

    @Test
    void survivesBeingKilled() throws IOException, InterruptedException {
        Path file = directory.resolve("killed");
        Process miner =
                new ChildJvm(directory.resolve("output")).start(List.of(MinerToKill.class.getName(), file.toString()));
        long first = awaitProgress(file, miner, 0);
        for (int i = 0; i < 2; i++) {
            // The first refusal must not loosen what the other process holds.
            assertRefused(job(255, 0, 1), file, Reason.IN_USE);
        }
        long second = awaitProgress(file, miner, first);
        miner.destroyForcibly();
        assertThat(miner.waitFor(30, TimeUnit.SECONDS)).isTrue();
        long kept = MiningCheckpoint.read(file).orElseThrow().nextNonce();
        assertThat(kept).isGreaterThanOrEqualTo(second).isGreaterThan(first);
        Operation<Long> resumed = CheckpointedMining.start(job(255, 0, 1), file, runtime);
        assertThatThrownBy(() -> resumed.await(Duration.ofMillis(100))).isInstanceOf(OperationTimeoutException.class);
        resumed.cancel();
        assertThatThrownBy(() -> resumed.await(LONG)).isInstanceOf(OperationCancelledException.class);
        awaitMinersGone();
        assertThat(MiningCheckpoint.read(file).orElseThrow().nextNonce()).isGreaterThan(kept);
    }

    private static long awaitProgress(Path file, Process miner, long beyond) throws InterruptedException {
        for (int i = 0; i < 600 && miner.isAlive(); i++) {
            var checkpoint = MiningCheckpoint.read(file);
            if (checkpoint.isPresent() && checkpoint.get().nextNonce() > beyond) {
                return checkpoint.get().nextNonce();
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new AssertionError("the miner made no progress; alive: " + miner.isAlive());
    }

    private void assertRefused(MiningJob job, Path file, Reason reason) {
        assertThatThrownBy(() -> CheckpointedMining.start(job, file, runtime))
                .isInstanceOfSatisfying(CheckpointException.class, refusal -> {
                    assertThat(refusal.reason()).isEqualTo(reason);
                    assertThat(refusal.getMessage()).contains("checkpoint").doesNotContain("\n");
                });
    }

    private static void awaitMinersGone() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("torpeer-miner-")) {
                thread.join(TimeUnit.SECONDS.toMillis(20));
            }
        }
    }

    private static MiningJob job(int bits, long first, int threads) {
        return new MiningJob(SHA256, "", PREFIX, bits, first, threads);
    }
}
