package org.torpeer.pow.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.Progress;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

class KernelMinerTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int IMPOSSIBLE = 255;
    private static final byte[] PREFIX = new byte[PowAlgorithm.PREFIX_BYTES];

    private final NodeRuntime runtime = NodeRuntime.system("mining-test");
    private final Miner miner = Providers.miners().require(Miner.KERNEL);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    @AfterEach
    void noThreadIsLeftBehind() throws InterruptedException {
        for (Thread thread : threads) {
            thread.join(TimeUnit.SECONDS.toMillis(10));
            assertThat(thread.isAlive()).as(thread.getName() + " runs on").isFalse();
        }
        runtime.close();
    }

    @Test
    void oneThreadFindsTheFirstNonce() {
        Sha256Kernel kernel = new Sha256Kernel();
        for (int bits = 0; bits <= 16; bits++) {
            long first = bits * 1_000_003L;
            long expected = first + kernel.search(PREFIX, first, 1 << 22, bits);
            assertThat(mine(watched(Sha256Kernel::new), bits, first, 1).await(LONG))
                    .isEqualTo(expected);
        }
    }

    @Test
    void severalThreadsFindANonceThatScoresEnough() {
        PowAlgorithm scrypt = new ScryptAlgorithm();
        MiningJob job = new MiningJob(scrypt, "N=1024,r=8,p=1", PREFIX, 5, -100, 4);
        long nonce = miner.mine(job, runtime).await(LONG);
        assertThat(scrypt.newKernel("N=1024,r=8,p=1").score(PREFIX, nonce)).isGreaterThanOrEqualTo(5);
    }

    @Test
    void everyNonceIsTriedOnceAndByOneThread() throws InterruptedException {
        TreeMap<Long, Integer> ranges = new TreeMap<>();
        CountDownLatch enough = new CountDownLatch(2000);
        PowKernel recording = new Searching((first, count) -> {
            synchronized (ranges) {
                assertThat(ranges.put(first, count)).isNull();
            }
            enough.countDown();
            return PowKernel.NONE;
        });
        Phaser allStarted = new Phaser(4);
        PowAlgorithm algorithm = watched(() -> {
            allStarted.arriveAndAwaitAdvance();
            return recording;
        });
        Operation<Long> mining = mine(algorithm, IMPOSSIBLE, -1000, 4);
        assertThat(enough.await(30, TimeUnit.SECONDS)).isTrue();
        mining.cancel();
        noThreadIsLeftBehind();
        assertThat(threads).hasSize(4);
        long next = -1000;
        for (var range : ranges.entrySet()) {
            assertThat(range.getKey()).isEqualTo(next);
            next += range.getValue();
        }
    }

    @Test
    void cancelEndsTheThreadsAtOnce() throws InterruptedException {
        ScryptParameters slow = ScryptParameters.parse("N=16384,r=8,p=1");
        for (PowAlgorithm algorithm :
                List.of(watched(Sha256Kernel::new), watched(() -> ScryptKernels.newKernel(slow)))) {
            CountDownLatch underWay = new CountDownLatch(1);
            Operation<Long> mining = mine(algorithm, IMPOSSIBLE, 0, 2);
            mining.onProgress(progress -> underWay.countDown());
            assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
            long cancelled = runtime.loop().nanoTime();
            mining.cancel();
            assertThatThrownBy(() -> mining.await(Duration.ofMillis(1)))
                    .isInstanceOf(OperationCancelledException.class);
            for (Thread thread : threads) {
                thread.join(TimeUnit.SECONDS.toMillis(10));
            }
            assertThat(Duration.ofNanos(runtime.loop().nanoTime() - cancelled)).isLessThan(Duration.ofSeconds(1));
        }
    }

    @Test
    void reportsProgress() throws InterruptedException {
        List<Progress> reports = new CopyOnWriteArrayList<>();
        CountDownLatch four = new CountDownLatch(4);
        long begun = runtime.loop().nanoTime();
        Operation<Long> mining = mine(watched(Sha256Kernel::new), 40, 0, 2);
        mining.onProgress(report -> {
            reports.add(report);
            four.countDown();
        });
        assertThat(four.await(30, TimeUnit.SECONDS)).isTrue();
        mining.cancel();
        assertThat(Duration.ofNanos(runtime.loop().nanoTime() - begun)).isGreaterThan(Duration.ofMillis(900));
        assertThat(reports)
                .extracting(Progress::fraction)
                .isSorted()
                .allMatch(fraction -> fraction > 0 && fraction < 1);
        assertThat(reports)
                .allSatisfy(report -> assertThat(report.detail()).matches(".* attempts/s, 50 % by .*, 95 % by .*"));
    }

    @Test
    void aKernelThatThrowsFailsTheOperation() {
        PowAlgorithm broken = watched(() -> new Searching((first, count) -> {
            if (first > 100) {
                throw new IllegalStateException("out of order");
            }
            return PowKernel.NONE;
        }));
        assertThatThrownBy(() -> mine(broken, IMPOSSIBLE, 0, 3).await(LONG))
                .isInstanceOf(TorPeerException.class)
                .hasMessageContaining("out of order");
    }

    @Test
    void aKernelThatCannotBeMadeFailsTheOperation() {
        PowAlgorithm greedy = watched(() -> {
            throw new OutOfMemoryError("too much");
        });
        assertThatThrownBy(() -> mine(greedy, 1, 0, 2).await(LONG)).hasMessageContaining("too much");
    }

    @Test
    void aFindThatDoesNotScoreIsNotHandedOut() {
        PowAlgorithm lying = watched(() -> new Searching((first, count) -> 0));
        assertThatThrownBy(() -> mine(lying, 30, 0, 1).await(LONG)).hasMessageContaining("is broken");
    }

    @Test
    void badJobsAreRefusedAtOnce() {
        assertThatThrownBy(() ->
                        miner.mine(new MiningJob(new ScryptAlgorithm(), "N=1024,r=1,p=1", PREFIX, 1, 0, 1), runtime))
                .isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> mine(new Sha256Algorithm(), 1, 0, 100_000)).isInstanceOf(InvalidInputException.class);
    }

    private Operation<Long> mine(PowAlgorithm algorithm, int bits, long first, int count) {
        return miner.mine(new MiningJob(algorithm, "", PREFIX, bits, first, count), runtime);
    }

    /** An algorithm that notes the threads its kernels are made on. */
    private PowAlgorithm watched(Supplier<PowKernel> kernels) {
        return new PowAlgorithm() {
            @Override
            public String name() {
                return "watched";
            }

            @Override
            public void checkParameters(String parameters) {}

            @Override
            public long memoryBytes(String parameters) {
                return 0;
            }

            @Override
            public PowKernel newKernel(String parameters) {
                threads.add(Thread.currentThread());
                return kernels.get();
            }
        };
    }

    private interface Range {
        int search(long first, int count);
    }

    private record Searching(Range range) implements PowKernel {
        @Override
        public int score(byte[] prefix, long nonce) {
            return 0;
        }

        @Override
        public int search(byte[] prefix, long first, int count, int bits) {
            return range.search(first, count);
        }
    }
}
