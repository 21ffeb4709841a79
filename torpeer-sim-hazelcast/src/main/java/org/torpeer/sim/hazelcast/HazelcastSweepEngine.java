package org.torpeer.sim.hazelcast;

import java.net.InetSocketAddress;
import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWatch;
import org.torpeer.sim.spi.SweepWorker;

/** Runs sweeps on a Hazelcast cluster: workers are its members, a sweep is a client of it. */
public final class HazelcastSweepEngine implements SweepEngine {
    static final String NAME = "hazelcast";

    @Override
    public String name() {
        return NAME;
    }

    /** Only the workers know how much heap they have. */
    @Override
    public void check(List<RunPlan> plans, SweepCluster cluster) {
        if (cluster.members().isEmpty()) {
            throw new InvalidInputException(
                    "the sweep engine " + NAME + " needs the address of a worker: --members HOST:PORT");
        }
    }

    @Override
    public void run(List<RunPlan> plans, SweepCluster cluster, SweepWatch watch) {
        check(plans, cluster);
        try (Workers workers = Workers.connect(cluster)) {
            new Distribution(workers, plans, watch).run();
        }
    }

    @Override
    public SweepWorker work(InetSocketAddress listen, SweepCluster cluster) {
        return HazelcastWorker.start(listen, cluster);
    }
}
