package org.torpeer.pow.calibration;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.internal.WatchedKernel;

/** How fast a kernel searches, on the thread that asks. Not safe for several threads. */
public final class SearchRate {
    private static final int UNREACHABLE = 256;
    /** Wide enough to fill the lanes of a kernel behind a gate several times. */
    private static final int BATCH = 1 << 16;
    /** More than anyone tries in the time of a measurement. */
    private static final int LONG_BATCH = 1 << 30;

    private final PowKernel kernel;
    private final int gateBits;
    private final NodeRuntime runtime;
    private final BooleanSupplier cancelled;
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];

    /**
     * @param gateBits of the kernel's algorithm
     * @param runtime whose time is taken
     * @param cancelled asked now and then
     */
    public SearchRate(PowKernel kernel, int gateBits, NodeRuntime runtime, BooleanSupplier cancelled) {
        this.kernel = kernel;
        this.gateBits = gateBits;
        this.runtime = runtime;
        this.cancelled = cancelled;
    }

    /**
     * Attempts a second that pass the gate, if there is one.
     *
     * @param first the nonce to begin with
     * @param warming how long to search before it is measured
     * @param searching how long to measure
     * @throws OperationCancelledException if it was cancelled
     */
    public double measure(long first, Duration warming, Duration searching) {
        long next = first + search(first, warming.toNanos());
        long begun = runtime.loop().nanoTime();
        long count = search(next, searching.toNanos());
        double seconds = (runtime.loop().nanoTime() - begun) / 1e9;
        return passing(next, count) / seconds;
    }

    private long search(long first, long nanos) {
        long begun = runtime.loop().nanoTime();
        long count = 0;
        do {
            count += batch(first + count, begun + nanos);
            if (cancelled.getAsBoolean()) {
                throw new OperationCancelledException("cancelled");
            }
        } while (runtime.loop().nanoTime() - begun < nanos);
        return count;
    }

    /** How many nonces were tried: of a kernel that can be left half way, those until the time is over. */
    private int batch(long first, long until) {
        if (!(kernel instanceof WatchedKernel watched)) {
            kernel.search(prefix, first, BATCH, UNREACHABLE);
            return BATCH;
        }
        int[] tried = {0};
        watched.search(prefix, first, LONG_BATCH, UNREACHABLE, soFar -> {
            tried[0] = soFar;
            return soFar == 0 || (runtime.loop().nanoTime() - until < 0 && !cancelled.getAsBoolean());
        });
        return tried[0];
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
