package org.torpeer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * What every {@link PowAlgorithm} must do. A provider's test extends this class and names the algorithm and a set of
 * parameters, the cheapest it accepts: some thousand evaluations are made. If the algorithm has a gate, its kernel should
 * answer a search for 0 bits from the gate alone.
 *
 * <p>Statistical tests draw from {@link TestSeed}; each fails a correct algorithm less than once in a million runs.
 */
public abstract class PowAlgorithmContract {
    private static final int GATE_LIMIT = 1 << 24;
    private static final int SAMPLES = 2048;
    private static final int SOLVED_BITS = 8;
    private static final int PROOFS = 4;
    private static final int PASSING = 128;
    private static final int MAX_GATE_BITS = 20;
    private static final int THREADS = 4;
    private static final int MIB = 1 << 20;

    /** The algorithm under test. */
    protected abstract PowAlgorithm algorithm();

    /** Canonical parameters it accepts. */
    protected abstract String parameters();

    @Test
    void nameIsLowerCaseAscii() {
        assertThat(algorithm().name()).matches("[a-z0-9][a-z0-9_.-]{0,31}");
    }

    @Test
    void acceptsItsOwnParameters() {
        algorithm().checkParameters(parameters());
        assertThat(algorithm().memoryBytes(parameters())).isNotNegative();
    }

    @Test
    void refusesOtherParametersInOneLine() {
        String good = parameters();
        List<String> bad = List.of(
                good + " ",
                " " + good,
                good + "\n",
                good + ",x=1",
                good + "\0",
                "\u0661\u00e9",
                "=,=,=",
                "-1",
                "9".repeat(100_000),
                good + ",".repeat(100_000));
        for (String parameters : bad) {
            assertRefused(() -> algorithm().checkParameters(parameters));
            assertRefused(() -> algorithm().memoryBytes(parameters));
            assertRefused(() -> algorithm().newKernel(parameters));
        }
    }

    @Test
    void scoresOfOneMessageAreTheSameForEver() {
        Random random = TestSeed.random("scoresOfOneMessageAreTheSameForEver");
        PowKernel kernel = newKernel();
        for (int i = 0; i < 16; i++) {
            byte[] prefix = prefix(random);
            byte[] untouched = prefix.clone();
            long nonce = nextAttempt(kernel, prefix, random.nextLong());
            int score = kernel.score(prefix, nonce);
            kernel.score(prefix(random), random.nextLong());
            assertThat(kernel.score(prefix, nonce)).isEqualTo(score);
            assertThat(newKernel().score(prefix, nonce)).isEqualTo(score);
            assertThat(prefix).as("a kernel leaves the prefix as it is").isEqualTo(untouched);
        }
    }

    @Test
    void searchFindsTheFirstNonceThatScoresEnough() {
        Random random = TestSeed.random("searchFindsTheFirstNonceThatScoresEnough");
        PowKernel kernel = newKernel();
        byte[] prefix = prefix(random);
        // The range runs over the end of the unsigned numbers.
        long first = -500;
        int[] scores = scores(kernel, prefix, first, span(kernel, prefix, first));
        for (int bits = 0; bits <= 6; bits++) {
            for (int from = 0; from < scores.length; from += scores.length / 4) {
                assertThat(kernel.search(prefix, first + from, scores.length - from, bits))
                        .as("%d bits from %d on", bits, from)
                        .isEqualTo(firstWith(scores, from, bits));
            }
        }
        assertThat(kernel.search(prefix, first, scores.length, 256)).isEqualTo(PowKernel.NONE);
    }

    @Test
    void searchEndsExactlyWithItsRange() {
        Random random = TestSeed.random("searchEndsExactlyWithItsRange");
        PowKernel kernel = newKernel();
        byte[] prefix = prefix(random);
        long start = random.nextLong();
        int distance = (int) (nextAttempt(kernel, prefix, start) - start);
        int before = Math.min(distance, 37);
        long first = start + distance - before;
        assertThat(kernel.search(prefix, first, before + 1, 0)).isEqualTo(before);
        if (before > 0) {
            assertThat(kernel.search(prefix, first, before, 0)).isEqualTo(PowKernel.NONE);
        }
    }

    @Test
    void theGateLetsThroughTheShareItSays() {
        Random random = TestSeed.random("theGateLetsThroughTheShareItSays");
        PowKernel kernel = newKernel();
        byte[] prefix = prefix(random);
        long first = random.nextLong();
        long next = first;
        for (int i = 0; i < PASSING; i++) {
            long passes = nextAttempt(kernel, prefix, next);
            if (passes != next) {
                assertThat(kernel.score(prefix, next)).isEqualTo(PowKernel.GATE_MISSED);
            }
            next = passes + 1;
        }
        int bits = algorithm().gateBits();
        assertThat(bits).isBetween(0, MAX_GATE_BITS);
        double mean = (double) (next - first) / PASSING;
        if (bits == 0) {
            assertThat(mean).as("without a gate every nonce is an attempt").isEqualTo(1);
        } else {
            // Of a sum of 128 geometric numbers: e^-24 to be this small, less to be this large.
            assertThat(mean / Math.scalb(1.0, bits)).isBetween(0.5, 2.0);
        }
    }

    @Test
    void everyBitMoreHalvesTheChance() {
        Random random = TestSeed.random("everyBitMoreHalvesTheChance");
        PowKernel kernel = newKernel();
        int[] scores = new int[SAMPLES];
        byte[] prefix = prefix(random);
        long nonce = random.nextLong();
        for (int i = 0; i < SAMPLES; i++) {
            nonce = nextAttempt(kernel, prefix, nonce + 1);
            scores[i] = kernel.score(prefix, nonce);
        }
        for (int bits = 1; bits <= 6; bits++) {
            int needed = bits;
            long hits = Arrays.stream(scores).filter(score -> score >= needed).count();
            // Chernoff: the chance to be this far off or further is at most twice e^-surprise.
            double surprise = SAMPLES * divergence((double) hits / SAMPLES, Math.scalb(1.0, -bits));
            assertThat(surprise)
                    .as("%d of %d nonces scored %d bits", hits, SAMPLES, bits)
                    .isLessThan(20);
        }
    }

    @Test
    void everyBitOfTheMessageCounts() {
        Random random = TestSeed.random("everyBitOfTheMessageCounts");
        PowKernel kernel = newKernel();
        int messageBits = (PowAlgorithm.PREFIX_BYTES + Long.BYTES) * Byte.SIZE;
        int[] survived = new int[messageBits];
        for (int proof = 0; proof < PROOFS; proof++) {
            byte[] prefix = prefix(random);
            long nonce = solve(kernel, prefix, random.nextLong(), SOLVED_BITS);
            for (int bit = 0; bit < messageBits; bit++) {
                survived[bit] += altered(kernel, prefix, nonce, bit) >= SOLVED_BITS ? 1 : 0;
            }
        }
        for (int bit = 0; bit < messageBits; bit++) {
            assertThat(survived[bit])
                    .as("of %d proofs with bit %d of the message altered, those still accepted", PROOFS, bit)
                    .isLessThan(PROOFS);
        }
    }

    @Test
    void kernelsOfSeveralThreadsAgree() throws InterruptedException {
        Random random = TestSeed.random("kernelsOfSeveralThreadsAgree");
        byte[] prefix = prefix(random);
        long first = random.nextLong();
        PowAlgorithm shared = algorithm();
        int count = span(newKernel(), prefix, first);
        int[] expected = scores(shared.newKernel(parameters()), prefix, first, count);
        List<int[]> found = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            threads.add(new Thread(() -> {
                int[] scores = scores(shared.newKernel(parameters()), prefix, first, count);
                synchronized (found) {
                    found.add(scores);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(found)
                .hasSize(THREADS)
                .allSatisfy(scores -> assertThat(scores).isEqualTo(expected));
    }

    @Test
    void kernelsHoldNoMoreMemoryThanClaimed() {
        long claimed = algorithm().memoryBytes(parameters()) + MIB;
        int kernels = (int) Math.max(1, Math.min(32, 64L * MIB / claimed));
        List<PowKernel> held = new ArrayList<>();
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        long before = usedBytes();
        for (int i = 0; i < kernels; i++) {
            PowKernel kernel = newKernel();
            kernel.score(prefix, nextAttempt(kernel, prefix, 0));
            held.add(kernel);
        }
        long grown = usedBytes() - before;
        assertThat(held).hasSize(kernels);
        assertThat(grown).as("bytes held by %d kernels", kernels).isLessThan(kernels * claimed + 8L * MIB);
    }

    private PowKernel newKernel() {
        return algorithm().newKernel(parameters());
    }

    private static void assertRefused(Runnable call) {
        assertThatThrownBy(call::run)
                .isInstanceOf(InvalidInputException.class)
                .satisfies(refusal -> assertThat(refusal.getMessage())
                        .isNotBlank()
                        .hasSizeLessThan(300)
                        .doesNotContain("\n", "\r"));
    }

    private static byte[] prefix(Random random) {
        byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
        random.nextBytes(prefix);
        return prefix;
    }

    private static int[] scores(PowKernel kernel, byte[] prefix, long first, int count) {
        int[] scores = new int[count];
        Arrays.setAll(scores, i -> kernel.score(prefix, first + i));
        return scores;
    }

    private static int firstWith(int[] scores, int from, int bits) {
        for (int i = from; i < scores.length; i++) {
            if (scores[i] >= bits) {
                return i - from;
            }
        }
        return PowKernel.NONE;
    }

    /** The next nonce that passes the algorithm's gate; of an algorithm without one, the next nonce. */
    private static long nextAttempt(PowKernel kernel, byte[] prefix, long from) {
        return solve(kernel, prefix, from, 0);
    }

    /** A range of at least 1000 nonces, wide enough that some pass the gate. */
    private static int span(PowKernel kernel, byte[] prefix, long first) {
        long last = first;
        for (int i = 0; i < 8; i++) {
            last = nextAttempt(kernel, prefix, last + 1);
        }
        return (int) Math.max(1000, last - first + 1);
    }

    private static long solve(PowKernel kernel, byte[] prefix, long from, int bits) {
        int found = kernel.search(prefix, from, GATE_LIMIT, bits);
        assertThat(found).as("a score of %d bits within 2^24 nonces", bits).isNotNegative();
        return from + found;
    }

    private static int altered(PowKernel kernel, byte[] prefix, long nonce, int bit) {
        int prefixBits = PowAlgorithm.PREFIX_BYTES * Byte.SIZE;
        if (bit >= prefixBits) {
            return kernel.score(prefix, nonce ^ (1L << (bit - prefixBits)));
        }
        byte[] other = prefix.clone();
        other[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
        return kernel.score(other, nonce);
    }

    /** Kullback-Leibler divergence, in nats, of a coin that shows heads with probability q from one with p. */
    private static double divergence(double q, double p) {
        return term(q, p) + term(1 - q, 1 - p);
    }

    private static double term(double q, double p) {
        return q == 0 ? 0 : q * Math.log(q / p);
    }

    private static long usedBytes() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime machine = Runtime.getRuntime();
            least = Math.min(least, machine.totalMemory() - machine.freeMemory());
        }
        return least;
    }
}
