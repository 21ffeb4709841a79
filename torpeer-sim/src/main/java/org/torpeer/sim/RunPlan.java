package org.torpeer.sim;

import org.torpeer.api.InvalidInputException;

/**
 * What to simulate.
 *
 * @param nodes routers included, an adversary's identities not
 */
public record RunPlan(Scenario scenario, int nodes, long seed, Crypto crypto) {
    /** A router, and somebody who joins through it. */
    public static final int MIN_NODES = 2;
    /** More would not be simulated within a day. */
    public static final int MAX_NODES = 200_000;

    public RunPlan {
        if (nodes < MIN_NODES || nodes > MAX_NODES) {
            throw new InvalidInputException("a run has " + MIN_NODES + " to " + MAX_NODES + " nodes, not " + nodes);
        }
    }

    /** The same with another seed. */
    public RunPlan seeded(long other) {
        return new RunPlan(scenario, nodes, other, crypto);
    }

    /** The nodes and whoever plays against them. */
    public int population() {
        return nodes + scenario.identities();
    }

    /** How many of the nodes are routers: those of the lowest numbers. */
    public int routers() {
        return scenario.routers(nodes);
    }
}
