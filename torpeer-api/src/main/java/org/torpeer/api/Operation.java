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
     * Asks the operation to stop. It then completes exceptionally with {@link OperationCancelledException}, unless it had
     * completed already.
     */
    void cancel();

    /**
     * Waits for the result on the calling thread; never call it from a callback of the same node.
     *
     * @throws OperationTimeoutException if there is no result in time; the operation goes on
     * @throws OperationCancelledException if it was cancelled
     * @throws TorPeerException if it failed; of the failure's own type where that is a {@code TorPeerException}
     */
    T await(Duration timeout);
}
