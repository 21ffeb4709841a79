package org.torpeer.node.internal;

import java.time.Duration;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.runtime.NodeRuntime;

/** A runtime whose loop lives faster than the world: what it waits ten seconds for takes one. */
public final class HastyRuntime extends DelegatingRuntime {
    private static final int TIMES = 10;

    private final EventLoop loop;

    public HastyRuntime(NodeRuntime real) {
        super(real);
        this.loop = new Hasty(real.loop());
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    private record Hasty(EventLoop real) implements EventLoop {
        @Override
        public void execute(Runnable task) {
            real.execute(task);
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return real.schedule(delay.dividedBy(TIMES), task);
        }

        @Override
        public long nanoTime() {
            return real.nanoTime() * TIMES;
        }

        @Override
        public boolean isCurrent() {
            return real.isCurrent();
        }
    }
}
