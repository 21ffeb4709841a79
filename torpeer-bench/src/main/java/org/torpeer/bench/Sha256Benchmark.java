package org.torpeer.bench;

import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.digests.SHA256Digest;
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
import org.torpeer.pow.kernel.KernelVerdict;

/** Attempts of {@code sha256} by one thread, in million a second: our kernels, and the loop anyone would write. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(
        value = 2,
        jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 5, time = 500, timeUnit = TimeUnit.MILLISECONDS)
public class Sha256Benchmark {
    private static final int BATCH = 1 << 14;
    private static final int UNREACHABLE = 256;

    private final PowKernel portable = Kernels.newKernel("sha256", "", "portable");
    private final PowKernel chosen = Providers.powAlgorithms().require("sha256").newKernel("");
    private final PowKernel plain = Kernels.newKernel("sha256", "", fastestPlain());
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
    private final ByteBuffer message = ByteBuffer.allocate(PowAlgorithm.PREFIX_BYTES + Long.BYTES);
    private final byte[] hash = new byte[32];
    private final SHA256Digest bouncyCastle = new SHA256Digest();
    private final MessageDigest platform;
    private long nonce;

    public Sha256Benchmark() {
        try {
            platform = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String fastestPlain() {
        return Kernels.of("sha256").stream()
                .filter(kernel -> kernel.usable() && !kernel.name().startsWith("vector-"))
                .max(Comparator.comparingDouble(KernelVerdict::speed))
                .orElseThrow()
                .name();
    }

    /** The kernel that this JVM uses without the vectors' module. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int plain() {
        nonce += BATCH;
        return plain.search(prefix, nonce, BATCH, UNREACHABLE);
    }

    /** Through the platform's own SHA-256. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int portable() {
        nonce += BATCH;
        return portable.search(prefix, nonce, BATCH, UNREACHABLE);
    }

    /** The kernel this JVM uses. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int chosen() {
        nonce += BATCH;
        return chosen.search(prefix, nonce, BATCH, UNREACHABLE);
    }

    /** Anchor: one digest object of the platform, reused; hash only. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int anchorMessageDigest() throws DigestException {
        int mixed = 0;
        for (int i = 0; i < BATCH; i++) {
            message.putLong(PowAlgorithm.PREFIX_BYTES, nonce++);
            platform.update(message.array());
            platform.digest(hash, 0, hash.length);
            mixed |= hash[0];
        }
        return mixed;
    }

    /** Anchor: BouncyCastle's digest, reused; hash only. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public int anchorBouncyCastle() {
        int mixed = 0;
        for (int i = 0; i < BATCH; i++) {
            message.putLong(PowAlgorithm.PREFIX_BYTES, nonce++);
            bouncyCastle.update(message.array(), 0, message.capacity());
            bouncyCastle.doFinal(hash, 0);
            mixed |= hash[0];
        }
        return mixed;
    }
}
