package org.torpeer.node.internal;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;

/** A runtime that is like another one but for what a test changes. */
public abstract class DelegatingRuntime implements NodeRuntime {
    private final NodeRuntime real;

    protected DelegatingRuntime(NodeRuntime real) {
        this.real = real;
    }

    @Override
    public InstantSource clock() {
        return real.clock();
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
