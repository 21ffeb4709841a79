package org.torpeer.api.spi.pow;

import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.NamedProvider;

/** Searches nonces on several threads. */
public interface Miner extends NamedProvider {
    /** The name of the miner that drives any algorithm's kernels. */
    String KERNEL = "kernel";

    /**
     * Starts a search on daemon platform threads of its own: virtual ones would hold up the node's input and output.
     * Whoever closes the runtime cancels the search first.
     *
     * @return the nonce; progress says the probability to have finished by now; cancelling ends the threads at once
     * @throws org.torpeer.api.InvalidInputException if the job's parameters are refused by its algorithm
     */
    Operation<Long> mine(MiningJob job, NodeRuntime runtime);
}
