package org.torpeer.api.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.OperationTimeoutException;
import org.torpeer.api.Progress;
import org.torpeer.api.TorPeerException;

final class PromiseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration NO_TIME = Duration.ofMillis(1);

    private final Promise<String> promise = new Promise<>();

    @Test
    @DisplayName("the first end counts")
    void endsOnce() {
        promise.complete("first");
        promise.complete("second");
        promise.fail(new TorPeerException("late"));
        promise.cancel();
        assertThat(promise.await(PATIENCE)).isEqualTo("first");
        assertThat(promise.isDone()).isTrue();
    }

    @Test
    @DisplayName("listeners hear every report, and a late one the last")
    void reportsProgress() {
        List<Progress> early = new ArrayList<>();
        List<Progress> late = new ArrayList<>();
        Progress half = new Progress("mining", 0.5, "half way");
        Progress whole = new Progress("mining", 1, "there");
        promise.onProgress(early::add);
        promise.report(half);
        promise.report(whole);
        promise.onProgress(late::add);
        assertThat(early).containsExactly(half, whole);
        assertThat(late).containsExactly(whole);
    }

    @Test
    @DisplayName("a listener that comes before any report hears nothing at first")
    void startsSilent() {
        promise.onProgress(progress -> {
            throw new AssertionError("there was no report");
        });
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    @DisplayName("cancelling ends the operation, once")
    void cancels() {
        promise.cancel();
        promise.cancel();
        promise.complete("late");
        assertThatThrownBy(() -> promise.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
    }

    @Test
    @DisplayName("cancelling runs the action once")
    void cancelRunsAction() {
        AtomicInteger stopped = new AtomicInteger();
        promise.onCancel(stopped::incrementAndGet);
        promise.cancel();
        promise.cancel();
        assertThat(stopped).hasValue(1);
    }

    @Test
    @DisplayName("an operation that has ended is not cancelled")
    void doesNotCancelWhatEnded() {
        AtomicInteger stopped = new AtomicInteger();
        promise.onCancel(stopped::incrementAndGet);
        promise.complete("done");
        promise.cancel();
        assertThat(stopped).hasValue(0);
    }

    @Test
    @DisplayName("waiting too long is typed, and the operation goes on")
    void awaitTimesOut() {
        assertThatThrownBy(() -> promise.await(NO_TIME)).isInstanceOf(OperationTimeoutException.class);
        promise.complete("later");
        assertThat(promise.await(NO_TIME)).isEqualTo("later");
    }

    @Test
    @DisplayName("a failure of ours keeps its type, however deep a stage wrapped it")
    void awaitKeepsType() {
        InvalidInputException failure = new InvalidInputException("bad");
        promise.fail(new CompletionException(new CompletionException(failure)));
        assertThatThrownBy(() -> promise.await(PATIENCE)).isSameAs(failure);
    }

    @Test
    @DisplayName("any other failure becomes the cause of one of ours")
    void awaitWrapsOthers() {
        promise.fail(new IOException("disk full"));
        assertThatThrownBy(() -> promise.await(PATIENCE))
                .isExactlyInstanceOf(TorPeerException.class)
                .hasMessageContaining("disk full")
                .hasCauseInstanceOf(IOException.class);
    }

    @Test
    @DisplayName("interrupting the waiter is typed, leaves the flag, and does not end the operation")
    void awaitIsInterruptible() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> promise.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    @DisplayName("it ends as the stage it follows")
    void followsStages() {
        CompletableFuture<String> stage = new CompletableFuture<>();
        Promise<String> following = Promise.of(stage.thenApply(text -> text + "!"));
        assertThat(following.isDone()).isFalse();
        stage.complete("done");
        assertThat(following.await(PATIENCE)).isEqualTo("done!");

        Promise<String> failing = Promise.of(CompletableFuture.failedStage(new InvalidInputException("bad")));
        assertThatThrownBy(() -> failing.await(PATIENCE)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("whoever has the stage cannot end the operation through it")
    void completionIsReadOnly() {
        CompletableFuture<String> copy = promise.completion().toCompletableFuture();
        copy.complete("forged");
        assertThat(promise.isDone()).isFalse();
    }

    @Test
    @DisplayName("what is mapped ends, reports and is cancelled with what it is mapped from")
    void maps() {
        Operation<Integer> length = Promise.map(promise, String::length);
        List<Progress> reports = new ArrayList<>();
        length.onProgress(reports::add);
        Progress half = new Progress("mining", 0.5, "half way");
        promise.report(half);
        assertThat(reports).containsExactly(half);
        promise.complete("four");
        assertThat(length.await(PATIENCE)).isEqualTo(4);

        Promise<String> other = new Promise<>();
        Operation<Integer> cancelled = Promise.map(other, String::length);
        cancelled.cancel();
        assertThat(other.isDone()).isTrue();
        assertThatThrownBy(() -> cancelled.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
    }

    @Test
    @DisplayName("discarding cancels, and closes what there is nevertheless")
    void discards() {
        List<String> closed = new ArrayList<>();
        promise.complete("there");
        promise.discard(closed::add);
        assertThat(closed).containsExactly("there");

        Promise<String> underWay = new Promise<>();
        underWay.discard(closed::add);
        assertThatThrownBy(() -> underWay.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        Promise<String> failed = new Promise<>();
        failed.fail(new IOException("disk full"));
        failed.discard(closed::add);
        Promise<String> late = new Promise<>();
        late.fail(new OperationTimeoutException("no answer"));
        late.discard(closed::add);
        assertThat(closed).containsExactly("there");
    }

    @Test
    @DisplayName("what is discarded and does not end in time is closed when it comes")
    void discardsWhatComesLate() {
        Operation<String> deaf = new Operation<>() {
            @Override
            public CompletionStage<String> completion() {
                return promise.completion();
            }

            @Override
            public void onProgress(Consumer<Progress> listener) {
                promise.onProgress(listener);
            }

            @Override
            public void cancel() {}

            @Override
            public String await(Duration timeout) {
                return promise.await(timeout);
            }
        };
        List<String> closed = new ArrayList<>();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> deaf.discard(closed::add)).hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(closed).isEmpty();
        promise.complete("late");
        assertThat(closed).containsExactly("late");
    }
}
