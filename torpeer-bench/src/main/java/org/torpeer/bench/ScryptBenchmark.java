package org.torpeer.bench;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.generators.SCrypt;
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
 * Evaluations of {@code scrypt(16384,8,1)} by one thread, a second. Ours pass the gate first, and a search pays for the
 * nonces that miss it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 4, time = 1)
public class ScryptBenchmark {
    private static final int N = 16384;
    private static final int R = 8;
    private static final int P = 1;
    private static final String PARAMETERS = "N=" + N + ",r=" + R + ",p=" + P;
    private static final int UNREACHABLE = 256;
    private static final int ATTEMPTS = 16;

    private final PowKernel chosen = Providers.powAlgorithms().require("scrypt").newKernel(PARAMETERS);
    private final PowKernel portable = Kernels.newKernel("scrypt", PARAMETERS, "portable");
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    /** The nonces from 0 on up to the one with which so many have passed the gate. */
    private final int range =
            new PassingRange(Providers.powAlgorithms().require("sha256").newKernel(""), prefix).nonces(ATTEMPTS);

    private final long passing = range - 1L;
    private final byte[] message = ByteBuffer.allocate(PowAlgorithm.PREFIX_BYTES + Long.BYTES)
            .put(prefix)
            .putLong(passing)
            .array();

    @Benchmark
    public int verify() {
        return chosen.score(prefix, passing);
    }

    @Benchmark
    public int verifyPortable() {
        return portable.score(prefix, passing);
    }

    @Benchmark
    @OperationsPerInvocation(ATTEMPTS)
    public int mine() {
        return chosen.search(prefix, 0, range, UNREACHABLE);
    }

    /** Anchor: BouncyCastle's scrypt of one message. */
    @Benchmark
    public byte[] anchorBouncyCastle() {
        return SCrypt.generate(message, message, N, R, P, 32);
    }
}
