package org.torpeer.api.runtime;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.OperationTimeoutException;
import org.torpeer.api.Progress;
import org.torpeer.api.TorPeerException;

/**
 * The maker's side of an {@link Operation}.
 *
 * @param <T> what the operation results in
 */
public final class Promise<T> implements Operation<T> {
    private static final System.Logger LOG = System.getLogger(Promise.class.getName());

    private final CompletableFuture<T> future = new CompletableFuture<>();
    private final List<Consumer<Progress>> listeners = new CopyOnWriteArrayList<>();
    private volatile @Nullable Progress last;

    /** A promise that follows a stage. */
    public static <T> Promise<T> of(CompletionStage<T> stage) {
        Promise<T> promise = new Promise<>();
        promise.follow(stage);
        return promise;
    }

    /**
     * The same operation with a result made of its own. Cancelling it cancels the other; where that has ended, it is too late.
     *
     * @param function runs on the other's thread; what it throws, this one fails with
     */
    public static <S, T> Operation<T> map(Operation<S> operation, Function<? super S, ? extends T> function) {
        return new Mapped<>(operation, of(operation.completion().thenApply(function)));
    }

    /** Does nothing if the operation has ended. */
    public void complete(T result) {
        future.complete(result);
    }

    /** Does nothing if the operation has ended. */
    public void fail(Throwable failure) {
        future.completeExceptionally(cause(failure));
    }

    /** Ends as the stage ends. */
    public void follow(CompletionStage<T> stage) {
        stage.whenComplete((result, failure) -> {
            if (failure != null) {
                fail(failure);
            } else {
                complete(result);
            }
        });
    }

    /** Tells the listeners. */
    public void report(Progress progress) {
        last = progress;
        listeners.forEach(listener -> tell(listener, progress));
    }

    /** Runs the action, on the cancelling thread, when the operation is cancelled. */
    public void onCancel(Runnable action) {
        CompletionStage<T> own = future;
        own.whenComplete((result, failure) -> {
            if (failure instanceof OperationCancelledException) {
                action.run();
            }
        });
    }

    public boolean isDone() {
        return future.isDone();
    }

    @Override
    public CompletionStage<T> completion() {
        return future.minimalCompletionStage();
    }

    @Override
    public void onProgress(Consumer<Progress> listener) {
        listeners.add(listener);
        Progress known = last;
        if (known != null) {
            tell(listener, known);
        }
    }

    @Override
    public void cancel() {
        fail(new OperationCancelledException("cancelled"));
    }

    @Override
    public T await(Duration timeout) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new OperationTimeoutException("no result within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted while waiting");
        } catch (ExecutionException e) {
            Throwable cause = cause(e);
            if (cause instanceof TorPeerException known) {
                throw known;
            }
            throw new TorPeerException("the operation failed: " + cause.getMessage(), cause);
        }
    }

    /** A listener's failure is its own; the operation goes on. */
    private static void tell(Consumer<Progress> listener, Progress progress) {
        try {
            listener.accept(progress);
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a progress listener failed", e);
        }
    }

    /** What really failed, of a failure that dependent stages may have wrapped. */
    public static Throwable cause(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }

    private record Mapped<T>(Operation<?> operation, Promise<T> end) implements Operation<T> {
        @Override
        public CompletionStage<T> completion() {
            return end.completion();
        }

        @Override
        public void onProgress(Consumer<Progress> listener) {
            operation.onProgress(listener);
        }

        @Override
        public void cancel() {
            operation.cancel();
        }

        @Override
        public T await(Duration timeout) {
            return end.await(timeout);
        }
    }
}
