package org.torpeer.api.runtime;

import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order they were given, and later ones at their time. What runs on one loop
 * needs no locks among itself. In real time it is a thread; in virtual time it is a queue of the simulator.
 */
public interface EventLoop extends Executor {
    /** A monotonic time in nanoseconds with an arbitrary origin; only differences mean something. */
    long nanoTime();

    /**
     * Runs the task on this loop after the delay; tasks of equal time run in the order they were scheduled. A task that
     * throws is reported and does not stop the loop. After the loop has closed, nothing is run.
     */
    Cancellable schedule(Duration delay, Runnable task);

    /** Whether the calling code runs on this loop. */
    boolean isCurrent();
}
