package org.torpeer.pow.calibration;

import java.time.Duration;
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

/** Measures the speed of an algorithm's kernels. */
@Driver("a measurement keeps whole processors busy")
final class Meter {
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
        return new SearchRate(algorithm.newKernel(parameters), algorithm.gateBits(), runtime, cancelled)
                .measure(first, Duration.ofNanos(pace.warming()), Duration.ofNanos(pace.searching()));
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
        if (cancelled.getAsBoolean()) {
            throw new OperationCancelledException("cancelled");
        }
        return elapsed / 1e9 / count;
    }
}
