package org.torpeer.cli.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.Driver;

/**
 * Lets SIGINT and SIGTERM end what runs in order: the action is asked to end it, and the process waits until {@link
 * #close} says that all has ended, a minute at most.
 */
@Driver("a shutdown hook is a thread")
public final class Signals implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final boolean normalEnd;
    private final Thread hook;
    private @Nullable Runnable action;
    private boolean came;

    private Signals(boolean normalEnd) {
        this.normalEnd = normalEnd;
        hook = new Thread(this::end, "signals");
    }

    /** For what a signal breaks off: the process ends with 130 or 143, as usual. */
    public static Signals breakOff() {
        return watching(new Signals(false));
    }

    /** For what runs until a signal comes: the process ends with 0 then. */
    public static Signals normalEnd() {
        return watching(new Signals(true));
    }

    private static Signals watching(Signals signals) {
        Runtime.getRuntime().addShutdownHook(signals.hook);
        return signals;
    }

    /** What to run, once, on another thread, when a signal comes; at once if one has come already. */
    public void ask(Runnable end) {
        synchronized (this) {
            action = end;
            if (!came) {
                return;
            }
        }
        end.run();
    }

    private void end() {
        Runnable end;
        synchronized (this) {
            came = true;
            end = action;
        }
        if (end != null) {
            end.run();
        }
        try {
            if (ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS) && normalEnd) {
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** All has ended; signals are no longer watched for. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // A signal came: the hook is running, and has just been told.
        }
    }
}
