package org.torpeer.node.internal;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;

/** A runtime whose wall clock can be set ahead. */
public final class ShiftedRuntime implements NodeRuntime {
    private final NodeRuntime real;
    private volatile Duration ahead = Duration.ZERO;

    public ShiftedRuntime(NodeRuntime real) {
        this.real = real;
    }

    public void ahead(Duration by) {
        ahead = by;
    }

    @Override
    public InstantSource clock() {
        return () -> real.clock().instant().plus(ahead);
    }

    @Override
    public EventLoop loop() {
        return real.loop();
    }

    @Override
    public RandomGenerator random() {
        return real.random();
    }

    @Override
    public Executor offload() {
        return real.offload();
    }

    @Override
    public ThreadFactory blocking() {
        return real.blocking();
    }

    @Override
    public void close() {
        real.close();
    }
}
