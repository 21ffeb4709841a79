package org.torpeer.sim.spi;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.ServiceLoader;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.NamedProvider;
import org.torpeer.sim.PlanText;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;

/**
 * Where the runs of a sweep are run. A run needs nothing but its plan, which {@link PlanText} has as text, and gives text,
 * {@link RunJson}; an engine carries these from here to there. Found by name: {@code local} is always there.
 */
public interface SweepEngine extends NamedProvider {
    /** The engine that comes with the simulator: all cores of this machine. */
    String LOCAL = "local";

    /** The engines that the module path or class path holds. */
    static Providers<SweepEngine> present() {
        return Providers.of("sweep engine", ServiceLoader.load(SweepEngine.class));
    }

    /**
     * Refuses, before anything is written, what could not be run.
     *
     * @throws InvalidInputException if a plan is too large for this engine, or the cluster is not for it
     */
    void check(List<RunPlan> plans, SweepCluster cluster);

    /**
     * Runs all plans, and returns when none is under way any more. A run that was lost with the machine it was on is run
     * again elsewhere, some times.
     *
     * @throws InvalidInputException as {@link #check}
     * @throws TorPeerException if the cluster cannot be reached, a run failed or was lost too often, or there is nobody left to run any; those that were
     *     under way elsewhere have ended
     * @throws RuntimeException what the watch threw
     */
    void run(List<RunPlan> plans, SweepCluster cluster, SweepWatch watch);

    /**
     * Makes this process one that runs what sweeps elsewhere give it, until it is closed.
     *
     * @param listen the address of this machine to be reached at, and at no other; port 0 for any
     * @param cluster whom to join, if it has members
     * @throws InvalidInputException if the engine has no workers, or the address is none of this machine
     * @throws TorPeerException if the port is in use, or the worker cannot start for another reason
     */
    default SweepWorker work(InetSocketAddress listen, SweepCluster cluster) {
        throw new InvalidInputException("the sweep engine " + name() + " has no workers");
    }
}
