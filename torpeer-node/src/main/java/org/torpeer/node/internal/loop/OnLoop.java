package org.torpeer.node.internal.loop;

import java.util.concurrent.Executor;
import org.torpeer.api.runtime.EventLoop;

/** Runs what is on the loop already there and then, and all else as the loop's next task. */
public final class OnLoop implements Executor {
    private final EventLoop loop;

    public OnLoop(EventLoop loop) {
        this.loop = loop;
    }

    @Override
    public void execute(Runnable task) {
        if (loop.isCurrent()) {
            task.run();
        } else {
            loop.execute(task);
        }
    }
}
