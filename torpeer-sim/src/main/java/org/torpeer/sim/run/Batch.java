package org.torpeer.sim.run;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;

/** Runs many plans on several threads, each run on one, or on several while there are fewer runs than threads. */
@Driver("a simulation has a world of its own, but runs on a real thread")
public final class Batch {
    /** Who follows the runs; called by the threads that run them. */
    public interface Watch {
        /** A run begins; what is given here watches it. */
        RunWatch begins(RunPlan plan);

        /** A run has ended, by itself or by its watcher. */
        void ended(RunResult result);

        /** As {@link #begins}, of a run that others are only compared with. */
        default RunWatch beginsBesides(RunPlan plan) {
            return begins(plan);
        }

        /** As {@link #ended}, of a run that others are only compared with. */
        default void endedBesides(RunResult result) {
            ended(result);
        }

        /** Whether no more runs are to begin. */
        boolean cancelled();
    }

    private final Queue<RunPlan> waiting;
    private final Watch watch;
    /** Of each run. */
    private final int threads;

    private @Nullable Throwable failure;

    private Batch(List<RunPlan> plans, int threads, Watch watch) {
        this.threads = threads;
        this.waiting = new ArrayDeque<>(plans);
        this.watch = watch;
    }

    /**
     * Runs all plans, in their order if there is one thread, and returns when the last one has ended.
     *
     * @param threads how many at most; as many plans are run at the same time as there are threads and fit into the heap,
     *     by several threads each if that leaves some
     * @throws InvalidInputException if there is no thread
     * @throws TorPeerException if the heap is not enough for the runs
     * @throws RuntimeException what a watcher threw; the other runs that had begun have ended
     */
    public static void run(List<RunPlan> plans, int threads, Watch watch) {
        checkThreads(threads);
        int atOnce = Math.max(1, Math.min(Math.min(threads, plans.size()), fitting(plans)));
        Batch batch = new Batch(plans, threads / atOnce, watch);
        List<Thread> others = new ArrayList<>();
        for (int number = 1; number < atOnce; number++) {
            Thread other = new Thread(batch::work, "simulation-" + number);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
        batch.work();
        others.forEach(Batch::join);
        batch.check();
    }

    /** How many runs as large as the largest fit beside each other. */
    private static int fitting(List<RunPlan> plans) {
        return plans.stream().mapToInt(HeapNeed::parallel).min().orElse(1);
    }

    /** As {@link #run}, of one plan, even if all is cancelled: its watcher ends it early then. */
    static void runOne(RunPlan plan, int threads, Watch watch) {
        Batch batch = new Batch(List.of(), threads, watch);
        batch.work(plan);
        batch.check();
    }

    static void checkThreads(int threads) {
        if (threads < 1) {
            throw new InvalidInputException("runs need at least one thread, not " + threads);
        }
    }

    private void work() {
        for (RunPlan plan = next(); plan != null; plan = next()) {
            work(plan);
        }
    }

    private void work(RunPlan plan) {
        try {
            watch.ended(Simulation.run(plan, threads, watch.begins(plan)));
        } catch (RuntimeException | Error e) {
            failed(e);
        }
    }

    private synchronized @Nullable RunPlan next() {
        return failure != null || watch.cancelled() ? null : waiting.poll();
    }

    private synchronized void failed(Throwable e) {
        if (failure == null) {
            failure = e;
        }
    }

    private synchronized void check() {
        if (failure instanceof OutOfMemoryError) {
            throw new TorPeerException(
                    "the heap is too small for these runs: take fewer nodes, or start with more", failure);
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
