package org.torpeer.sim;

import org.torpeer.api.InvalidInputException;

/**
 * What to simulate.
 *
 * @param nodes routers included
 */
public record RunPlan(Scenario scenario, int nodes, long seed, Crypto crypto) {
    /** The measurements keep a bit or two for each pair of nodes. */
    public static final int MAX_NODES = 200_000;

    public RunPlan {
        if (nodes < 2 || nodes > MAX_NODES) {
            throw new InvalidInputException("a run has 2 to " + MAX_NODES + " nodes, not " + nodes);
        }
    }

    /** How many of the nodes are routers: those of the lowest numbers. */
    public int routers() {
        return scenario.routers(nodes);
    }
}
