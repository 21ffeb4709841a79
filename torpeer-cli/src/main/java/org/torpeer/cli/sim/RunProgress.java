package org.torpeer.cli.sim;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.torpeer.api.Progress;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.sim.Measure;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Sample;
import org.torpeer.sim.run.Batch;

/** Shows how far many runs have come, as one, and lets them be broken off. Safe for several threads. */
public final class RunProgress implements Batch.Watch {
    private final ProgressDisplay display;
    private final int runs;
    private final Stopwatch stopwatch = new Stopwatch();
    private final AtomicInteger finished = new AtomicInteger();
    private final Map<RunPlan, Double> under = new HashMap<>();
    private volatile boolean cancelled;

    /**
     * @param runs how many there will be
     */
    public RunProgress(ProgressDisplay display, int runs) {
        this.display = display;
        this.runs = runs;
    }

    /** Ends all runs at their next sample; no further ones begin. */
    public void cancel() {
        cancelled = true;
    }

    @Override
    public boolean cancelled() {
        return cancelled;
    }

    @Override
    public RunWatch begins(RunPlan plan) {
        Stopwatch own = new Stopwatch();
        return sample -> {
            show(plan, sample, own);
            return !cancelled;
        };
    }

    @Override
    public void ended(RunResult result) {
        ended(result.plan());
    }

    /** A run has ended, here or elsewhere. */
    public void ended(RunPlan plan) {
        int count = finished.incrementAndGet();
        synchronized (under) {
            under.remove(plan);
            if (!under.isEmpty()) {
                return;
            }
        }
        double done = (double) count / runs;
        display.show(plan.scenario().name(), new Progress("running", done, count + "/" + runs + left(done)));
    }

    private void show(RunPlan plan, Sample sample, Stopwatch own) {
        double lasts = plan.scenario().lasts().toNanos() / 1e9;
        double done;
        synchronized (under) {
            under.put(plan, lasts == 0 ? 1 : sample.seconds() / lasts);
            done = (finished.get()
                            + under.values().stream()
                                    .mapToDouble(Double::doubleValue)
                                    .sum())
                    / runs;
        }
        String ratio = String.format(
                Locale.ROOT,
                "%.0fx real time",
                sample.seconds() * 1e9 / Math.max(1, own.elapsed().toNanos()));
        String count = runs == 1 ? "" : Math.min(runs, finished.get() + 1) + "/" + runs + ", ";
        display.show(
                plan.scenario().name(),
                new Progress(
                        "running",
                        done,
                        count + Amounts.time(sample.seconds()) + " of " + Amounts.time(lasts) + ", " + ratio
                                + left(done) + ", " + Math.round(sample.value(Measure.DISCOVERED) * 100)
                                + " % discovered"));
    }

    private String left(double done) {
        double spent = stopwatch.elapsed().toNanos() / 1e9;
        return done > 0.001 ? ", at most " + Amounts.time(spent * (1 - done) / done) + " left" : "";
    }
}
