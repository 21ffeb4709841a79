package org.torpeer.pow.calibration;

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
 * Measures what proofs of work cost this machine, recommends difficulties, and says what they cost others. Takes some ten
 * seconds, during which the machine should have nothing else to do.
 */
@Driver("measures whole processors, on threads of its own")
public final class Calibration {
    private final CalibrationPlan plan;
    private final NodeRuntime runtime;
    private final Pace pace;
    private final Promise<CalibrationReport> promise = new Promise<>();

    private Calibration(CalibrationPlan plan, NodeRuntime runtime, Pace pace) {
        this.plan = plan;
        this.runtime = runtime;
        this.pace = pace;
    }

    /**
     * Starts a calibration on daemon threads of its own.
     *
     * @throws InvalidInputException if an algorithm refuses its parameters
     * @throws org.torpeer.api.lookup.ProviderNotFoundException if there is no such algorithm
     */
    public static Operation<CalibrationReport> start(CalibrationPlan plan, NodeRuntime runtime) {
        return start(plan, runtime, Pace.STEADY);
    }

    static Operation<CalibrationReport> start(CalibrationPlan plan, NodeRuntime runtime, Pace pace) {
        for (Subject subject : plan.algorithms()) {
            Providers.powAlgorithms().require(subject.algorithm()).checkParameters(subject.parameters());
        }
        Calibration calibration = new Calibration(plan, runtime, pace);
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
        List<AlgorithmFigures> figures = new ArrayList<>();
        List<AttackCost> costs = new ArrayList<>();
        int steps = plan.algorithms().size() + 1;
        for (Subject subject : plan.algorithms()) {
            progress("measuring", (double) figures.size() / steps, subject.algorithm() + " " + subject.parameters());
            AlgorithmFigures measured = measure(subject);
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

    private AlgorithmFigures measure(Subject subject) throws InterruptedException {
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
