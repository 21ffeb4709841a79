package org.torpeer.pow.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.Progress;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.Driver;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.pow.calibration.CalibrationPlan.Subject;
import org.torpeer.pow.internal.KernelCatalogue;

/**
 * Measures what proofs of work cost this machine, recommends difficulties, and says what they cost others. Takes some
 * fifteen seconds, during which the machine should have nothing else to do.
 */
@Driver("measures whole processors, on threads of its own")
public final class Calibration {
    /** How long a calibration takes at most, unless another limit is given. */
    public static final Duration LIMIT = Duration.ofSeconds(18);

    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final Duration MOST = Duration.ofMinutes(30);
    /** For the solves at the end. */
    private static final double SHARE_OF_CHECK = 0.15;

    private final CalibrationPlan plan;
    private final NodeRuntime runtime;
    private final Pace slowest;
    private final long limitNanos;
    private final Promise<CalibrationReport> promise = new Promise<>();

    private Calibration(CalibrationPlan plan, NodeRuntime runtime, Pace slowest, Duration limit) {
        this.plan = plan;
        this.runtime = runtime;
        this.slowest = slowest;
        limitNanos = limit.toNanos();
    }

    /**
     * As {@link #start(CalibrationPlan, NodeRuntime, Duration)}, within {@link #LIMIT}.
     *
     * @throws InvalidInputException as that
     * @throws org.torpeer.api.lookup.ProviderNotFoundException as that
     */
    public static Operation<CalibrationReport> start(CalibrationPlan plan, NodeRuntime runtime) {
        return start(plan, runtime, LIMIT);
    }

    /**
     * Starts a calibration on daemon threads of its own.
     *
     * @param limit how long it may take, 2 s to 30 min: the more, the closer the figures; on a machine so busy that kernels
     *     are not even compiled within it, it takes some seconds more
     * @throws InvalidInputException if the limit is out of range, or an algorithm refuses its parameters
     * @throws org.torpeer.api.lookup.ProviderNotFoundException if there is no such algorithm
     */
    public static Operation<CalibrationReport> start(CalibrationPlan plan, NodeRuntime runtime, Duration limit) {
        if (limit.compareTo(LEAST) < 0 || limit.compareTo(MOST) > 0) {
            throw new InvalidInputException("a calibration takes 2 seconds to 30 minutes");
        }
        double longer = Math.max(1, (double) limit.toNanos() / LIMIT.toNanos());
        return start(plan, runtime, Pace.STEADY.times(longer), limit);
    }

    static Operation<CalibrationReport> start(CalibrationPlan plan, NodeRuntime runtime, Pace slowest, Duration limit) {
        for (Subject subject : plan.algorithms()) {
            Providers.powAlgorithms().require(subject.algorithm()).checkParameters(subject.parameters());
        }
        Calibration calibration = new Calibration(plan, runtime, slowest, limit);
        Thread thread = new Thread(calibration::run, "torpeer-calibration");
        thread.setDaemon(true);
        thread.start();
        return calibration.promise;
    }

    private void run() {
        try {
            promise.complete(report());
        } catch (Throwable e) {
            promise.fail(e);
        }
    }

    private CalibrationReport report() throws InterruptedException {
        long begun = runtime.loop().nanoTime();
        // Kernels are tried when they are first asked for: that is none of the time measured.
        progress("measuring", 0, "tries kernels");
        plan.algorithms().forEach(subject -> KernelCatalogue.nameFor(subject.algorithm(), subject.parameters()));
        long left = (long) ((1 - SHARE_OF_CHECK) * limitNanos) - (runtime.loop().nanoTime() - begun);
        Pace pace = slowest.within(left, plan.algorithms().size());
        List<AlgorithmFigures> figures = new ArrayList<>();
        List<AttackCost> costs = new ArrayList<>();
        int steps = plan.algorithms().size() + 1;
        for (Subject subject : plan.algorithms()) {
            progress("measuring", (double) figures.size() / steps, subject.algorithm() + " " + subject.parameters());
            AlgorithmFigures measured = measure(subject, pace);
            figures.add(measured);
            costs.addAll(plan.attackers().costs(measured, plan.threads()));
        }
        progress("checking", (steps - 1.0) / steps, "solves real puzzles");
        SolveCheck check = new PuzzleCheck(runtime.random(), promise::isDone).solve();
        return new CalibrationReport(Machine.here(plan.threads()), figures, costs, check);
    }

    private void progress(String step, double fraction, String detail) {
        promise.report(new Progress(step, fraction, detail.strip()));
    }

    private AlgorithmFigures measure(Subject subject, Pace pace) throws InterruptedException {
        PowAlgorithm algorithm = Providers.powAlgorithms().require(subject.algorithm());
        Meter meter = new Meter(algorithm, subject.parameters(), runtime, pace, promise::isDone);
        double perThread = meter.attemptsPerSecond(1);
        double total = plan.threads() == 1 ? perThread : meter.attemptsPerSecond(plan.threads());
        double onDevice = total / plan.deviceFactor();
        int bits = SolveTimes.bits(plan.target(), onDevice);
        return new AlgorithmFigures(
                subject.algorithm(),
                subject.parameters(),
                KernelCatalogue.nameFor(subject.algorithm(), subject.parameters()),
                perThread,
                total,
                bits,
                SolveTimes.quantile(0.5, bits) / onDevice,
                SolveTimes.quantile(0.95, bits) / onDevice,
                SolveTimes.quantile(0.99, bits) / onDevice,
                meter.verifySeconds() * 1e3,
                algorithm.memoryBytes(subject.parameters()));
    }
}
