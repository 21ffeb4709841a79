package org.torpeer.node.internal.record;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;

/** A runtime whose offloaded work never begins. */
record StuckRuntime(NodeRuntime real) implements NodeRuntime {
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
        return task -> {};
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
