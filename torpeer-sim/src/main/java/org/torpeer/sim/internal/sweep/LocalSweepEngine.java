package org.torpeer.sim.internal.sweep;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.HeapNeed;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWatch;

/** Runs sweeps on the cores of this machine, as many runs beside each other as its heap allows. */
public final class LocalSweepEngine implements SweepEngine {
    @Override
    public String name() {
        return LOCAL;
    }

    @Override
    public void check(List<RunPlan> plans, SweepCluster cluster) {
        if (!cluster.members().isEmpty()) {
            throw new InvalidInputException("the sweep engine " + LOCAL + " has no members: name another engine");
        }
        largest(plans).ifPresent(HeapNeed::check);
    }

    @Override
    public void run(List<RunPlan> plans, SweepCluster cluster, SweepWatch watch) {
        check(plans, cluster);
        Batch.run(plans, Runtime.getRuntime().availableProcessors(), new Telling(watch));
    }

    private static Optional<RunPlan> largest(List<RunPlan> plans) {
        return plans.stream().max(Comparator.comparingLong(HeapNeed::of));
    }

    private record Telling(SweepWatch watch) implements Batch.Watch {
        @Override
        public RunWatch begins(RunPlan plan) {
            return watch.begins(plan);
        }

        @Override
        public void ended(RunResult result) {
            if (result.complete()) {
                watch.ended(result.plan(), RunJson.text(result));
            }
        }

        @Override
        public boolean cancelled() {
            return watch.cancelled();
        }
    }
}
