package org.torpeer.pow.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.pow.checkpoint.CheckpointException;
import org.torpeer.pow.checkpoint.CheckpointException.Reason;
import org.torpeer.pow.checkpoint.MiningCheckpoint;

/** Keeps a checkpoint file up to date while a search lasts. */
public final class ResumableSearch implements SearchLog {
    /** How often the file is written unless said otherwise. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    private final MiningJob job;
    private final Path file;
    private final EventLoop time;
    private final long intervalNanos;
    private final CheckpointLock lock;
    private OptionalLong found;
    private boolean over;
    private long written;

    private ResumableSearch(
            MiningJob job, Path file, EventLoop time, Duration interval, CheckpointLock lock, OptionalLong found) {
        this.job = job;
        this.file = file;
        this.time = time;
        this.lock = lock;
        this.found = found;
        intervalNanos = interval.toNanos();
        written = time.nanoTime();
    }

    /** See {@link org.torpeer.pow.CheckpointedMining#start}. */
    public static Operation<Long> start(MiningJob job, Path file, EventLoop time, Duration interval) {
        KernelMiner.check(job);
        CheckpointLock lock = CheckpointLock.of(file);
        try {
            return start(job, file, time, interval, lock);
        } catch (Throwable e) {
            lock.release();
            throw e;
        }
    }

    private static Operation<Long> start(
            MiningJob job, Path file, EventLoop time, Duration interval, CheckpointLock lock) {
        Optional<MiningCheckpoint> earlier = MiningCheckpoint.read(file);
        earlier.ifPresent(checkpoint -> checkSame(job, checkpoint, file));
        OptionalLong known =
                earlier.isEmpty() ? OptionalLong.empty() : earlier.get().found();
        if (known.isPresent() && score(job, known.getAsLong()) >= job.bits()) {
            lock.release();
            Promise<Long> done = new Promise<>();
            done.complete(known.getAsLong());
            return done;
        }
        MiningJob rest =
                earlier.map(checkpoint -> from(job, checkpoint.nextNonce())).orElse(job);
        Effort before = earlier.map(checkpoint -> new Effort(checkpoint.attempts(), checkpoint.spentNanos()))
                .orElse(Effort.NONE);
        ResumableSearch log = new ResumableSearch(rest, file, time, interval, lock, known);
        // Now rather than after the first seconds: a file that cannot be written is worth no work.
        log.write(rest.firstNonce(), before);
        return new Search(rest, time, before, log).start();
    }

    private static int score(MiningJob job, long nonce) {
        return job.algorithm().newKernel(job.parameters()).score(job.prefix(), nonce);
    }

    private static MiningJob from(MiningJob job, long nonce) {
        return new MiningJob(job.algorithm(), job.parameters(), job.prefix(), job.bits(), nonce, job.threads());
    }

    private static void checkSame(MiningJob job, MiningCheckpoint checkpoint, Path file) {
        if (!checkpoint.algorithm().equals(job.algorithm().name())
                || !checkpoint.parameters().equals(job.parameters())
                || !Arrays.equals(checkpoint.prefix(), job.prefix())) {
            throw new CheckpointException(
                    Reason.FOREIGN,
                    "the checkpoint " + file
                            + " is of another key, network, epoch or algorithm: name another file or move it away",
                    null);
        }
    }

    @Override
    public synchronized void reached(long frontier, Effort effort) {
        if (!over && time.nanoTime() - written >= intervalNanos) {
            write(frontier, effort);
        }
    }

    @Override
    public synchronized void found(long nonce, long frontier, Effort effort) {
        if (!over) {
            over = true;
            found = OptionalLong.of(nonce);
            write(frontier, effort);
            // Before the result is known: who has it may start the next search at once.
            lock.release();
        }
    }

    /** After a find the file stays as it was written with it. */
    @Override
    public synchronized void left(long frontier, Effort effort) {
        if (!over) {
            write(frontier, effort);
        }
    }

    @Override
    public void ended() {
        lock.release();
    }

    private void write(long frontier, Effort effort) {
        new MiningCheckpoint(
                        job.algorithm().name(),
                        job.parameters(),
                        job.prefix(),
                        frontier,
                        effort.attempts(),
                        effort.nanos(),
                        found)
                .write(file);
        written = time.nanoTime();
    }
}
