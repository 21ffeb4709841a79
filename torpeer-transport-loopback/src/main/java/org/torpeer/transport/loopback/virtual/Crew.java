package org.torpeer.transport.loopback.virtual;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.Driver;

/**
 * Threads that run lanes beside each other, one window after the other. Whoever is free takes the next lane, so that the
 * calling thread waits for what another has begun, but not for one that sleeps.
 */
@Driver("threads that compute, for a world whose time they share")
final class Crew implements AutoCloseable {
    private static final int LANE_BITS = 8;
    private static final int LANE_MASK = (1 << LANE_BITS) - 1;
    /** Looks before a thread that finds nothing to do lets others have the processor: the compiler, or who is awaited. */
    private static final int EAGER = 500;
    /** Looks before such a thread sleeps. */
    private static final int PATIENCE = 2_000;

    private static final long NAP_NANOS = 50_000;

    private final Lane[] lanes;
    private final List<Thread> others = new ArrayList<>();
    /** The window's number, and the lane to be taken next. */
    private final AtomicLong next;

    private final AtomicInteger done = new AtomicInteger();
    private volatile long until;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    /**
     * @param threads the calling one included
     */
    Crew(Lane[] lanes, int threads) {
        this.lanes = lanes;
        this.next = new AtomicLong(lanes.length);
        for (int number = 1; number < Math.min(threads, lanes.length); number++) {
            Thread other = new Thread(this::help, "virtual-time-" + number);
            other.setDaemon(true);
            other.start();
            others.add(other);
        }
    }

    /** Runs every lane's events up to a time; when this returns, what they did is visible to the caller. */
    void run(long time) {
        until = time;
        done.set(0);
        long window = (next.get() >>> LANE_BITS) + 1;
        next.set(window << LANE_BITS);
        boolean more = true;
        while (more) {
            more = runOne();
        }
        for (int looks = 0; done.get() < lanes.length; looks++) {
            await(looks);
        }
        Throwable thrown = failure;
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    @Override
    public void close() {
        closed = true;
        others.forEach(LockSupport::unpark);
    }

    private void help() {
        int looks = 0;
        while (!closed) {
            if (runOne()) {
                looks = 0;
            } else if (looks < PATIENCE) {
                await(looks++);
            } else {
                LockSupport.parkNanos(this, NAP_NANOS);
            }
        }
    }

    /** Nothing depends on the yield but how soon it goes on. */
    @SuppressWarnings("ThreadPriorityCheck")
    private static void await(int looks) {
        if (looks < EAGER) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    /** Whether there was a lane to be run. */
    private boolean runOne() {
        long ticket = next.get();
        int lane = (int) ticket & LANE_MASK;
        if (lane >= lanes.length || !next.compareAndSet(ticket, ticket + 1)) {
            return lane < lanes.length;
        }
        try {
            lanes[lane].run(until);
        } catch (RuntimeException | Error e) {
            failure = e;
        } finally {
            done.incrementAndGet();
        }
        return true;
    }
}
