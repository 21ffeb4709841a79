package org.torpeer.pow.internal;

import java.nio.file.Path;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.MiningJob;

/**
 * Drives the kernels of any algorithm, one on each thread. With one thread the result is the first nonce that scores
 * enough; with several it is one of the first.
 */
public final class KernelMiner implements Miner {
    private static final int MAX_THREADS = 1024;

    /** Made by {@link java.util.ServiceLoader}. */
    public KernelMiner() {}

    @Override
    public String name() {
        return KERNEL;
    }

    /**
     * {@inheritDoc} Threads end within a batch of about 25 ms, or one evaluation of the algorithm, on as many lanes
     * as its kernel has, if that takes longer.
     * What a kernel throws ends the operation with it. Listeners run on a mining thread.
     *
     * @throws InvalidInputException also if the job asks for more than 1024 threads
     */
    @Override
    public Operation<Long> mine(MiningJob job, NodeRuntime runtime) {
        check(job);
        return new Search(job, runtime.loop()).start();
    }

    /** As {@link org.torpeer.pow.CheckpointedMining#start}. */
    @Override
    public Operation<Long> mine(MiningJob job, Path checkpoint, NodeRuntime runtime) {
        return ResumableSearch.start(job, checkpoint, runtime.loop(), ResumableSearch.INTERVAL);
    }

    /**
     * Checks a job before anything is done for it.
     *
     * @throws InvalidInputException if it asks for too many threads, or its algorithm refuses the parameters
     */
    static void check(MiningJob job) {
        if (job.threads() > MAX_THREADS) {
            throw new InvalidInputException("mining takes at most 1024 threads, not " + job.threads());
        }
        job.algorithm().checkParameters(job.parameters());
    }
}
