package org.torpeer.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * Searches by two threads at once, as those that one thread makes in {@link Sha256Benchmark} and {@link ScryptBenchmark}.
 * By processor time, a rate says what each thread does while the other works too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Threads(2)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
public class TwoThreadsBenchmark {
    private static final int UNREACHABLE = 256;
    private static final int BATCH = 1 << 14;
    private static final int ATTEMPTS = 16;

    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    private final PowKernel sha256 = Providers.powAlgorithms().require("sha256").newKernel("");
    private final PowKernel scrypt = Providers.powAlgorithms().require("scrypt").newKernel("N=16384,r=8,p=1");
    private final int range = new PassingRange(sha256, prefix).nonces(ATTEMPTS);
    private long nonce;

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int sha256() {
        nonce += BATCH;
        return sha256.search(prefix, nonce, BATCH, UNREACHABLE);
    }

    @Benchmark
    @OperationsPerInvocation(ATTEMPTS)
    public int scrypt() {
        return scrypt.search(prefix, 0, range, UNREACHABLE);
    }
}
