package org.torpeer.api;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * Something that takes time, reports progress and can be cancelled. Safe for use by several threads.
 *
 * @param <T> what it results in
 */
public interface Operation<T> {
    /**
     * Completes with the result, or exceptionally; the completing thread is the operation's own. As with every dependent
     * stage, a failure may arrive as the cause of a {@link java.util.concurrent.CompletionException}.
     */
    CompletionStage<T> completion();

    /**
     * Calls the listener for every report from now on, and at once with the last one if there was any. Listeners must be
     * quick: they run on the operation's thread.
     */
    void onProgress(Consumer<Progress> listener);

    /**
     * Asks the operation to stop, without waiting. It then completes exceptionally with {@link
     * OperationCancelledException}, unless it had completed already: at once, or when it has let go of the files, ports and
     * processes that whoever began it has to know free.
     */
    void cancel();

    /**
     * Cancels the operation and waits until it has ended, for a minute at most. Never call it from a callback of the same
     * node.
     *
     * @param closing is given the result if there is one nevertheless, on whatever thread if it comes later
     * @throws OperationTimeoutException if it has not ended by then
     * @throws OperationCancelledException if the waiting thread is interrupted
     */
    default void discard(Consumer<? super T> closing) {
        cancel();
        T result;
        try {
            result = await(Duration.ofMinutes(1));
        } catch (TorPeerException e) {
            if (completion().toCompletableFuture().isDone()) {
                // It has ended without a result.
                return;
            }
            completion().thenAccept(closing);
            throw e;
        }
        closing.accept(result);
    }

    /**
     * Waits for the result on the calling thread; never call it from a callback of the same node.
     *
     * @throws OperationTimeoutException if there is no result in time; the operation goes on
     * @throws OperationCancelledException if it was cancelled
     * @throws TorPeerException if it failed; of the failure's own type where that is a {@code TorPeerException}
     */
    T await(Duration timeout);
}
