package org.torpeer.sim.run;

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
        return new ScenarioRun(plan).run(watch);
    }
}
