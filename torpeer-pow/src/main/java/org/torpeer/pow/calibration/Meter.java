package org.torpeer.pow.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.BooleanSupplier;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.internal.WatchedKernel;

/** Measures the speed of an algorithm's kernels. */
@Driver("a measurement keeps whole processors busy")
final class Meter {
    private static final int UNREACHABLE = 256;
    /** Wide enough to fill the lanes of a kernel behind a gate several times. */
    private static final int BATCH = 1 << 16;
    /** More than anyone tries in the time of a measurement. */
    private static final int LONG_BATCH = 1 << 30;

    private final PowAlgorithm algorithm;
    private final String parameters;
    private final NodeRuntime runtime;
    private final Pace pace;
    private final BooleanSupplier cancelled;
    private final byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];

    Meter(PowAlgorithm algorithm, String parameters, NodeRuntime runtime, Pace pace, BooleanSupplier cancelled) {
        this.algorithm = algorithm;
        this.parameters = parameters;
        this.runtime = runtime;
        this.pace = pace;
        this.cancelled = cancelled;
    }

    /** What this many threads do together: attempts that pass the gate. */
    double attemptsPerSecond(int threads) throws InterruptedException {
        DoubleAdder sum = new DoubleAdder();
        List<Throwable> failures = new CopyOnWriteArrayList<>();
        List<Thread> running = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            long first = (long) i << 40;
            Thread thread = new Thread(
                    () -> {
                        try {
                            sum.add(rateOfOne(first));
                        } catch (RuntimeException | Error e) {
                            failures.add(e);
                        }
                    },
                    "torpeer-calibration-" + i);
            thread.setDaemon(true);
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
        for (Throwable failure : failures) {
            throw new TorPeerException("measuring " + algorithm.name() + " failed: " + failure.getMessage(), failure);
        }
        return sum.sum();
    }

    private double rateOfOne(long first) {
        PowKernel kernel = algorithm.newKernel(parameters);
        long next = first + search(kernel, first, pace.warming());
        long begun = runtime.loop().nanoTime();
        long count = search(kernel, next, pace.searching());
        double seconds = (runtime.loop().nanoTime() - begun) / 1e9;
        return passing(kernel, next, count) / seconds;
    }

    private long search(PowKernel kernel, long first, long nanos) {
        long begun = runtime.loop().nanoTime();
        long count = 0;
        do {
            count += batch(kernel, first + count, begun + nanos);
            checkCancelled();
        } while (runtime.loop().nanoTime() - begun < nanos);
        return count;
    }

    /** How many nonces were tried: of a kernel that can be left half way, those until the time is over. */
    private int batch(PowKernel kernel, long first, long until) {
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
    private long passing(PowKernel kernel, long first, long count) {
        if (algorithm.gateBits() == 0) {
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

    /** What verifying one solution takes one thread. */
    double verifySeconds() {
        PowKernel kernel = algorithm.newKernel(parameters);
        verify(kernel, pace.verifying());
        return verify(kernel, pace.verifying());
    }

    private double verify(PowKernel kernel, long nanos) {
        long solution = Math.max(0, kernel.search(prefix, 0, 1 << 24, 0));
        long begun = runtime.loop().nanoTime();
        long elapsed;
        int count = 0;
        do {
            kernel.score(prefix, solution);
            count++;
            elapsed = runtime.loop().nanoTime() - begun;
        } while (elapsed < nanos);
        checkCancelled();
        return elapsed / 1e9 / count;
    }

    private void checkCancelled() {
        if (cancelled.getAsBoolean()) {
            throw new OperationCancelledException("cancelled");
        }
    }
}
