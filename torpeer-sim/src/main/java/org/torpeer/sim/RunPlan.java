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
        if (nodes <= scenario.routers() || nodes > MAX_NODES) {
            throw new InvalidInputException("scenario " + scenario.name() + " runs with " + (scenario.routers() + 1)
                    + " to " + MAX_NODES + " nodes, not " + nodes);
        }
    }
}
