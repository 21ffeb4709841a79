package org.torpeer.sim.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.sim.Defences;
import org.torpeer.sim.Experiment;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.internal.ScenarioRun;

/** Runs scenarios: the nodes are the ones that run anywhere else, only time and network are simulated. */
public final class Simulation {
    private Simulation() {}

    /**
     * Runs a plan to its end, on the calling thread. The same plan gives the same result, however many threads run it, but
     * for what was measured of this machine.
     */
    public static RunResult run(RunPlan plan) {
        return run(plan, RunWatch.PATIENT);
    }

    /** As {@link #run(RunPlan)}, with somebody who watches and may end it early. */
    public static RunResult run(RunPlan plan, RunWatch watch) {
        return run(plan, 1, watch);
    }

    /**
     * As {@link #run(RunPlan, RunWatch)}, with other threads that help if the run is large.
     *
     * @param threads how many at most, the calling one included, which alone calls the watcher
     * @throws InvalidInputException if there is no thread
     */
    public static RunResult run(RunPlan plan, int threads, RunWatch watch) {
        Batch.checkThreads(threads);
        return new ScenarioRun(plan, threads, watch).run();
    }

    /**
     * Runs every seed of an experiment: the first one alone, so that what is measured of this machine is true of it, then
     * the others beside each other. Of these no pictures are kept. Then comes what it is to be {@linkplain
     * Experiment#compared() compared} with.
     *
     * @param threads how many at most, for runs beside each other or for one large run
     * @throws InvalidInputException if there is no thread
     * @throws TorPeerException if the heap is not enough for the runs
     */
    public static ExperimentResult run(Experiment experiment, int threads, Batch.Watch watch) {
        Batch.checkThreads(threads);
        List<RunResult> results = new ArrayList<>();
        Batch.Watch collecting = new Batch.Watch() {
            @Override
            public RunWatch begins(RunPlan plan) {
                return watch.begins(plan);
            }

            @Override
            public void ended(RunResult result) {
                synchronized (results) {
                    results.add(results.isEmpty() ? result : result.withoutPictures());
                }
                watch.ended(result);
            }

            @Override
            public boolean cancelled() {
                return watch.cancelled();
            }
        };
        List<RunPlan> plans = experiment.plans();
        Batch.runOne(plans.get(0), threads, collecting);
        Batch.run(plans.subList(1, plans.size()), threads, collecting);
        results.sort(Comparator.comparingLong(result -> result.plan().seed()));
        return new ExperimentResult(experiment, results, compared(experiment, results, threads, watch));
    }

    /** Runs an experiment with other defences, too; what has run already is not run again. */
    private static List<ExperimentResult> compared(
            Experiment experiment, List<RunResult> results, int threads, Batch.Watch watch) {
        List<ExperimentResult> compared = new ArrayList<>();
        for (Experiment other : experiment.compared()) {
            ExperimentResult same = new ExperimentResult(experiment, results);
            if (defences(other) == same.defences()) {
                compared.add(same);
            } else if (!watch.cancelled()) {
                compared.add(besides(other, threads, watch));
            }
        }
        return compared;
    }

    private static ExperimentResult besides(Experiment other, int threads, Batch.Watch watch) {
        List<RunResult> results = new ArrayList<>();
        Batch.run(other.plans(), threads, new Batch.Watch() {
            @Override
            public RunWatch begins(RunPlan plan) {
                return watch.beginsBesides(plan);
            }

            @Override
            public void ended(RunResult result) {
                synchronized (results) {
                    results.add(result.withoutPictures());
                }
                watch.endedBesides(result);
            }

            @Override
            public boolean cancelled() {
                return watch.cancelled();
            }
        });
        results.sort(Comparator.comparingLong(result -> result.plan().seed()));
        return new ExperimentResult(other, results);
    }

    private static Defences defences(Experiment experiment) {
        return new ExperimentResult(experiment, List.of()).defences();
    }
}
