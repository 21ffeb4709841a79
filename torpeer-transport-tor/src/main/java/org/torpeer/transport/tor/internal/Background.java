package org.torpeer.transport.tor.internal;

import java.util.concurrent.CompletionStage;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;

/** Blocking work behind an {@link Operation}, on a thread of its own that cancelling interrupts. */
public final class Background {
    private Background() {}

    /** Makes something that somebody has to close. */
    @FunctionalInterface
    public interface Work<T extends AutoCloseable> {
        /** Ends what it started itself if it throws. */
        T make(Promise<? super T> promise);
    }

    /** Closes a result that comes after the operation was cancelled. */
    public static <T extends AutoCloseable> Operation<T> start(NodeRuntime runtime, Work<? extends T> work) {
        Promise<T> promise = new Promise<>();
        Thread worker = runtime.blocking().newThread(() -> {
            try {
                T made = work.make(promise);
                promise.complete(made);
                closeIfUnwanted(promise.completion(), made);
            } catch (RuntimeException | Error e) {
                promise.fail(e);
            }
        });
        promise.onCancel(worker::interrupt);
        worker.start();
        return promise;
    }

    private static <T extends AutoCloseable> void closeIfUnwanted(CompletionStage<T> completion, T made) {
        completion.whenComplete((result, failure) -> {
            if (failure != null) {
                try {
                    made.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }
}
