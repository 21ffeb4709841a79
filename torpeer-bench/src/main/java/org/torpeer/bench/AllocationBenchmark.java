package org.torpeer.bench;

import java.util.List;
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
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.Kernels;

/**
 * What an attempt allocates, by the portable kernels and by those this JVM uses. Of {@code scrypt} with a small table: the
 * code is the same, and evaluations are so many that what JMH allocates in an iteration does not count.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class AllocationBenchmark {
    private static final String SMALL = "N=16,r=8,p=1";
    private static final int UNREACHABLE = 256;
    private static final int BATCH = 1 << 14;
    private static final int ATTEMPTS = 64;

    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    private final PowKernel sha256 = Providers.powAlgorithms().require("sha256").newKernel("");
    private final PowKernel scrypt = Providers.powAlgorithms().require("scrypt").newKernel(SMALL);
    private final List<PowKernel> portable =
            List.of(Kernels.newKernel("sha256", "", "portable"), Kernels.newKernel("scrypt", SMALL, "portable"));
    private final int range = new PassingRange(sha256, prefix).nonces(ATTEMPTS);

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int sha256() {
        return sha256.search(prefix, 0, BATCH, UNREACHABLE);
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int sha256Portable() {
        return portable.get(0).search(prefix, 0, BATCH, UNREACHABLE);
    }

    @Benchmark
    @OperationsPerInvocation(ATTEMPTS)
    public int scrypt() {
        return scrypt.search(prefix, 0, range, UNREACHABLE);
    }

    @Benchmark
    @OperationsPerInvocation(ATTEMPTS)
    public int scryptPortable() {
        return portable.get(1).search(prefix, 0, range, UNREACHABLE);
    }

    @Benchmark
    public int scryptVerification() {
        return scrypt.score(prefix, range - 1L);
    }
}
