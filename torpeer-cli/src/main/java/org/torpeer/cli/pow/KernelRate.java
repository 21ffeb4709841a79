package org.torpeer.cli.pow;

import java.time.Duration;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.pow.Kernels;

/** How fast one thread searches with a certain kernel. */
public final class KernelRate {
    private static final int UNREACHABLE = 256;
    /** Behind a gate, enough to fill the lanes of any kernel. */
    private static final int BATCH = 1 << 15;

    private final PowKernel kernel;
    private final int gateBits;
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];

    public KernelRate(String algorithm, String parameters, String kernel) {
        this.kernel = Kernels.newKernel(algorithm, parameters, kernel);
        gateBits = Providers.powAlgorithms().require(algorithm).gateBits();
    }

    /**
     * Attempts a second that pass the gate, if there is one.
     *
     * @param time how long to measure at least, after as long without measuring
     */
    public double measure(Duration time) {
        long warm = search(0, time);
        Stopwatch stopwatch = new Stopwatch();
        long count = search(warm, time);
        double seconds = stopwatch.elapsed().toNanos() / 1e9;
        return passing(warm, count) / seconds;
    }

    private long search(long first, Duration time) {
        Stopwatch stopwatch = new Stopwatch();
        long count = 0;
        do {
            kernel.search(prefix, first + count, BATCH, UNREACHABLE);
            count += BATCH;
        } while (stopwatch.elapsed().compareTo(time) < 0);
        return count;
    }

    /** Counted rather than estimated: among a few dozen, chance would be a tenth. */
    private long passing(long first, long count) {
        if (gateBits == 0) {
            return count;
        }
        long passing = 0;
        long at = 0;
        while (at < count) {
            int hit = kernel.search(prefix, first + at, (int) Math.min(BATCH, count - at), 0);
            passing += hit == PowKernel.NONE ? 0 : 1;
            at += hit == PowKernel.NONE ? BATCH : hit + 1;
        }
        return passing;
    }
}
