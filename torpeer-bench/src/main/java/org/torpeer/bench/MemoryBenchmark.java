package org.torpeer.bench;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.pow.Kernels;

/** What a kernel of {@code scrypt(16384,8,1)} allocates in its life: all it ever holds. */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@Fork(
        value = 1,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3)
@Measurement(iterations = 3)
public class MemoryBenchmark {
    private static final String PARAMETERS = "N=16384,r=8,p=1";
    private static final int UNREACHABLE = 256;
    private static final int MIB = 1 << 20;

    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    private final PowAlgorithm scrypt = Providers.powAlgorithms().require("scrypt");
    private final int lanes = lanes(Kernels.searching("scrypt", PARAMETERS));
    private final int range =
            new PassingRange(Providers.powAlgorithms().require("sha256").newKernel(""), prefix).nonces(lanes);

    private static int lanes(String kernel) {
        return kernel.equals("portable") ? 1 : Integer.parseInt(kernel.substring(kernel.indexOf('-') + 1));
    }

    /** Makes one and fills its lanes. */
    @Benchmark
    public int kernel() {
        return scrypt.newKernel(PARAMETERS).search(prefix, 0, range, UNREACHABLE);
    }

    /** Anchor: what is promised, 128*N*r bytes for each lane and a MiB. */
    @Benchmark
    public byte[] anchorPromise() {
        return new byte[128 * 16384 * 8 * lanes + MIB];
    }
}
