package org.torpeer.api.spi.pow;

import java.nio.file.Path;
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

    /**
     * As {@link #mine(MiningJob, NodeRuntime)}, such that a search that was stopped or killed goes on when the same job is
     * started again with the same file.
     *
     * @param checkpoint says how far the search has come; made if it is not there, and left for its owner to delete. One
     *     search at a time uses it
     * @throws org.torpeer.api.TorPeerException if the file is damaged, cannot be used, or is of another job: it is left as
     *     it is
     * @implSpec the search begins anew every time, and there is no file
     */
    default Operation<Long> mine(MiningJob job, Path checkpoint, NodeRuntime runtime) {
        return mine(job, runtime);
    }
}
