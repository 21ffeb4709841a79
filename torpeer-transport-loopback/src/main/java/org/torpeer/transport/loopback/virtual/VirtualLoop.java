package org.torpeer.transport.loopback.virtual;

import java.time.Duration;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;

/** One node's share of a lane. */
final class VirtualLoop implements EventLoop {
    private static final Cancellable NOTHING = () -> {};

    private final VirtualTime time;
    private final Lane lane;
    private final int node;
    private boolean closed;

    VirtualLoop(VirtualTime time, Lane lane, int node) {
        this.time = time;
        this.lane = lane;
        this.node = node;
    }

    Lane lane() {
        return lane;
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
        return lane.now();
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
