package org.torpeer.transport.loopback.virtual;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;

/**
 * A node's world in virtual time. What is offloaded runs as an event of the node, when its machine has come to it, or
 * there and then if it costs nothing. There are no threads: nothing may block where time stands still until it returns.
 */
public final class VirtualRuntime implements NodeRuntime {
    private final VirtualLoop loop;
    private final Conditions conditions;
    private final SeededRandom random;
    private final InstantSource clock;
    private long busyUntil;

    VirtualRuntime(VirtualLoop loop, Conditions conditions, SeededRandom random) {
        this.loop = loop;
        this.conditions = conditions;
        this.random = random;
        Instant begin = VirtualTime.START.plus(conditions.clockSkew());
        this.clock = () -> begin.plusNanos(loop.nanoTime());
    }

    /** The node's number. */
    public int node() {
        return loop.node();
    }

    @Override
    public InstantSource clock() {
        return clock;
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Executor offload() {
        long cost = conditions.offloadCost().toNanos();
        return task -> {
            if (cost == 0 && loop.isCurrent()) {
                task.run();
                return;
            }
            long now = loop.nanoTime();
            busyUntil = Math.max(busyUntil, now) + cost;
            loop.schedule(Duration.ofNanos(busyUntil - now), task);
        };
    }

    /** Makes nothing: every call is an {@link IllegalStateException}. */
    @Override
    public ThreadFactory blocking() {
        return task -> {
            throw new IllegalStateException("nothing may block in virtual time");
        };
    }

    @Override
    public void close() {
        loop.close();
    }
}
