package org.torpeer.http;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * A thread for each task, and a place for each new one: when all are taken, the task that has run longest is interrupted.
 * An interrupted read or write of a socket channel closes that channel, so connections that stall make way for those that
 * move, however many there are. Nobody waits in a queue.
 */
final class FrugalExecutor implements Executor {
    private final ThreadFactory threads;
    private final int places;
    /** In the order of their start. */
    private final Set<Thread> running = new LinkedHashSet<>();
    /** Interrupted, and not yet at their end. */
    private final Set<Thread> leaving = new LinkedHashSet<>();

    FrugalExecutor(ThreadFactory threads, int places) {
        this.threads = threads;
        this.places = places;
    }

    /**
     * @throws RejectedExecutionException if as many tasks as there are places were interrupted and have not ended
     */
    @Override
    public void execute(Runnable task) {
        Thread thread = threads.newThread(() -> run(task));
        synchronized (this) {
            if (running.size() == places) {
                evictOldest();
            }
            running.add(thread);
        }
        thread.start();
    }

    private void evictOldest() {
        if (leaving.size() == places) {
            throw new RejectedExecutionException("all " + places + " places are taken, and those evicted do not leave");
        }
        Thread oldest = running.iterator().next();
        running.remove(oldest);
        leaving.add(oldest);
        oldest.interrupt();
    }

    private void run(Runnable task) {
        try {
            task.run();
        } finally {
            synchronized (this) {
                running.remove(Thread.currentThread());
                leaving.remove(Thread.currentThread());
            }
        }
    }
}
