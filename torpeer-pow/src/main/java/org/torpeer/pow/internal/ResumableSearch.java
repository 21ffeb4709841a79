package org.torpeer.pow.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.Driver;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.pow.checkpoint.CheckpointException;
import org.torpeer.pow.checkpoint.CheckpointException.Reason;
import org.torpeer.pow.checkpoint.MiningCheckpoint;

/**
 * Keeps a checkpoint file up to date while a search lasts. A process that ends in order ends the search first, and waits
 * until what it did is in the file.
 */
@Driver("the end of a process runs on a thread of its own")
public final class ResumableSearch implements SearchLog {
    /** How often the file is written unless said otherwise. */
    public static final Duration INTERVAL = Duration.ofSeconds(5);

    /** Longer than an evaluation of whatever lanes there are. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(ResumableSearch.class.getName());

    private final MiningJob job;
    private final Path file;
    private final EventLoop time;
    private final long intervalNanos;
    private final CheckpointLock lock;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread lastWrite = new Thread(this::endInOrder, "torpeer-checkpoint");
    private volatile @Nullable Operation<Long> search;
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
        return log.begin(new Search(rest, time, before, log));
    }

    private Operation<Long> begin(Search made) {
        try {
            Runtime.getRuntime().addShutdownHook(lastWrite);
        } catch (IllegalStateException e) {
            // The process is ending already: what comes of the search matters to nobody.
        }
        Operation<Long> begun = made.start();
        search = begun;
        return begun;
    }

    private void endInOrder() {
        Operation<Long> begun = search;
        if (begun == null) {
            return;
        }
        begun.cancel();
        try {
            if (!ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the search did not end in time: {0} is as it was last written",
                        file);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(lastWrite);
        } catch (IllegalStateException e) {
            // The process is ending, and has just been told.
        }
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
