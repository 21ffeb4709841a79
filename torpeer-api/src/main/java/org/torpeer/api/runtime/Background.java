package org.torpeer.api.runtime;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.Progress;

/**
 * Blocking work behind an {@link Operation}, on a thread of its own. It is over, cancelled or not, when nothing of it goes
 * on: whoever cancelled it may begin anew with the same files and ports.
 *
 * @param <T> what is made
 */
public final class Background<T extends AutoCloseable> implements Operation<T> {
    private static final System.Logger LOG = System.getLogger(Background.class.getName());

    private final Promise<T> promise = new Promise<>();
    private final Work<? extends T> work;
    private final @Nullable Runnable stop;
    private final Thread worker;
    private boolean cancelled;
    private boolean ended;

    private Background(NodeRuntime runtime, Work<? extends T> work, @Nullable Runnable stop) {
        this.work = work;
        this.stop = stop;
        worker = runtime.blocking().newThread(this::run);
    }

    /** Makes something that somebody has to close. */
    @FunctionalInterface
    public interface Work<T extends AutoCloseable> {
        /**
         * Makes it. Throws, whatever it likes, soon after it is asked to stop, and undoes before what it began.
         *
         * @param progress may be told at any time
         */
        T make(Consumer<Progress> progress);
    }

    /** Starts work that cancelling interrupts. */
    public static <T extends AutoCloseable> Operation<T> start(NodeRuntime runtime, Work<? extends T> work) {
        return started(new Background<>(runtime, work, null));
    }

    /**
     * Starts work that is asked otherwise, as what has files open is: an interrupt closes them at any moment.
     *
     * @param stop asks the work to stop without waiting for it, once, on the cancelling thread
     */
    public static <T extends AutoCloseable> Operation<T> start(
            NodeRuntime runtime, Work<? extends T> work, Runnable stop) {
        return started(new Background<>(runtime, work, stop));
    }

    private static <T extends AutoCloseable> Operation<T> started(Background<T> background) {
        background.worker.start();
        return background;
    }

    @Override
    public CompletionStage<T> completion() {
        return promise.completion();
    }

    @Override
    public void onProgress(Consumer<Progress> listener) {
        promise.onProgress(listener);
    }

    @Override
    public void cancel() {
        synchronized (this) {
            if (ended || cancelled) {
                return;
            }
            cancelled = true;
            if (stop == null) {
                // As long as the work lasts, and not what closes what it made.
                worker.interrupt();
                return;
            }
        }
        stop.run();
    }

    @Override
    public T await(Duration timeout) {
        return promise.await(timeout);
    }

    private void run() {
        try {
            T made = work.make(promise::report);
            if (wanted()) {
                promise.complete(made);
                return;
            }
            close(made);
        } catch (RuntimeException | Error e) {
            if (wanted()) {
                promise.fail(e);
                return;
            }
            LOG.log(System.Logger.Level.DEBUG, "cancelled work ended", e);
        }
        promise.cancel();
    }

    /** Whether the work was not cancelled before it ended; nor can it be any more. */
    private synchronized boolean wanted() {
        ended = true;
        // An interrupt was meant for the work alone, not for what comes after.
        Thread.interrupted();
        return !cancelled;
    }

    private static void close(AutoCloseable made) {
        try {
            made.close();
        } catch (Exception e) {
            LOG.log(System.Logger.Level.WARNING, "what came after it was cancelled cannot be closed", e);
        }
    }
}
