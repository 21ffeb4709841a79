package org.torpeer.pow;

import java.nio.file.Path;
import java.time.Duration;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.pow.checkpoint.CheckpointException;
import org.torpeer.pow.internal.ResumableSearch;

/**
 * Mining that survives being stopped, killed or unplugged. While it lasts, a file says how far it has come; the same job
 * started again with that file goes on from there.
 *
 * <p>To raise the bits of a proof, start the job again with the same file and a higher difficulty: nonces tried before are
 * not tried again, as none but the one found scored enough even for less.
 */
public final class CheckpointedMining {
    /** How often the file is written if nothing else is asked for. */
    public static final Duration INTERVAL = ResumableSearch.INTERVAL;

    private static final Duration LEAST = Duration.ofMillis(100);
    private static final Duration MOST = Duration.ofHours(1);

    private CheckpointedMining() {}

    /**
     * As {@link #start(MiningJob, Path, NodeRuntime, Duration)}, every {@link #INTERVAL}.
     *
     * @throws CheckpointException as that
     * @throws InvalidInputException as that
     */
    public static Operation<Long> start(MiningJob job, Path file, NodeRuntime runtime) {
        return start(job, file, runtime, INTERVAL);
    }

    /**
     * As {@link org.torpeer.api.spi.pow.Miner#mine}; where the file exists, the job's first nonce is ignored and the search
     * goes on where the file says, its progress counting what was spent before. A nonce the file says was found is the
     * result at once if it scores enough. The file is written once in each interval, when the search is found or
     * cancelled, and is left for its owner to delete. One search at a time may use it: a lock file beside it, named as it
     * with {@code .lock}, lasts as long as the search.
     *
     * @param interval at most as much work of each thread is done again after a crash: 100 ms to an hour
     * @return the nonce; fails with {@link CheckpointException} if the file cannot be written any more
     * @throws CheckpointException if the file is damaged, cannot be read, is of another job or in use by
     *     another search: it is left as it is
     * @throws InvalidInputException if the job is refused, as by the miner, or the interval is out of range
     */
    public static Operation<Long> start(MiningJob job, Path file, NodeRuntime runtime, Duration interval) {
        if (interval.compareTo(LEAST) < 0 || interval.compareTo(MOST) > 0) {
            throw new InvalidInputException("a checkpoint's interval is 100 ms to an hour");
        }
        return ResumableSearch.start(job, file, runtime.loop(), interval);
    }
}
