package org.torpeer.transport.loopback.virtual;

import java.time.Duration;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;

/** One node's share of the world's queue. */
final class VirtualLoop implements EventLoop {
    private static final Cancellable NOTHING = () -> {};

    private final VirtualTime time;
    private final int node;
    private boolean closed;

    VirtualLoop(VirtualTime time, int node) {
        this.time = time;
        this.node = node;
    }

    int node() {
        return node;
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Cancellable schedule(Duration delay, Runnable task) {
        return closed ? NOTHING : time.schedule(this, delay, task);
    }

    @Override
    public boolean isCurrent() {
        return !closed && time.isCurrent(this);
    }
}
