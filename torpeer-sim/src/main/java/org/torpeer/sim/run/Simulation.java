package org.torpeer.sim.run;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
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
     * Runs a plan to its end, on the calling thread. The same plan gives the same result, but for what was measured of
     * this machine.
     */
    public static RunResult run(RunPlan plan) {
        return run(plan, RunWatch.PATIENT);
    }

    /** As {@link #run(RunPlan)}, with somebody who watches and may end it early. */
    public static RunResult run(RunPlan plan, RunWatch watch) {
        return new ScenarioRun(plan, watch).run();
    }

    /**
     * Runs every seed of an experiment: the first one alone, so that what is measured of this machine is true of it, then
     * the others beside each other. Of these no pictures are kept.
     *
     * @param threads how many runs at the same time at most
     */
    public static ExperimentResult run(Experiment experiment, int threads, Batch.Watch watch) {
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
        RunPlan first = plans.get(0);
        collecting.ended(run(first, collecting.begins(first)));
        Batch.run(plans.subList(1, plans.size()), threads, collecting);
        results.sort(Comparator.comparingLong(result -> result.plan().seed() - first.seed()));
        return new ExperimentResult(experiment, results);
    }
}
