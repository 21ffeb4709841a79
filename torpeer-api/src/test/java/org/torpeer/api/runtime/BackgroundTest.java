package org.torpeer.api.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.OperationCancelledException;

final class BackgroundTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NodeRuntime runtime = NodeRuntime.system("background");
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicInteger closed = new AtomicInteger();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    @DisplayName("it results in what was made, or fails as making it did")
    void endsAsTheWork() {
        AutoCloseable made = closed::incrementAndGet;
        Operation<AutoCloseable> good = Background.start(runtime, progress -> made);
        assertThat(good.await(PATIENCE)).isSameAs(made);
        good.cancel();
        assertThat(good.await(PATIENCE)).isSameAs(made);
        assertThat(closed).hasValue(0);

        Operation<AutoCloseable> bad = Background.start(runtime, progress -> {
            throw new InvalidInputException("bad");
        });
        assertThatThrownBy(() -> bad.await(PATIENCE)).isInstanceOf(InvalidInputException.class);
        Operation<AutoCloseable> broken = Background.start(runtime, progress -> {
            throw new AssertionError("broken");
        });
        assertThatThrownBy(() -> broken.await(PATIENCE)).hasMessageContaining("broken");
    }

    @Test
    @DisplayName("cancelling interrupts the work, and is over when the work has undone what it began")
    void isOverWhenUndone() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch undone = new CountDownLatch(1);
        Operation<AutoCloseable> operation = Background.start(runtime, progress -> {
            try {
                goOn.await();
            } catch (InterruptedException e) {
                interrupted.countDown();
                waitFor(undone);
            }
            throw new InvalidInputException("interrupted");
        });
        operation.cancel();
        operation.cancel();
        interrupted.await();
        assertThat(operation.completion().toCompletableFuture()).isNotDone();
        undone.countDown();
        assertThatThrownBy(() -> operation.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
    }

    @Test
    @DisplayName("what is made too late is closed, in peace, before it is over")
    void closesWhatCameTooLate() throws Exception {
        CountDownLatch closing = new CountDownLatch(1);
        CountDownLatch mayClose = new CountDownLatch(1);
        Operation<AutoCloseable> operation = Background.start(runtime, progress -> {
            waitFor(goOn);
            return () -> {
                closing.countDown();
                mayClose.await();
                closed.incrementAndGet();
            };
        });
        operation.cancel();
        goOn.countDown();
        closing.await();
        assertThat(operation.completion().toCompletableFuture()).isNotDone();
        mayClose.countDown();
        assertThatThrownBy(() -> operation.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        assertThat(closed).hasValue(1);
    }

    @Test
    @DisplayName("what is made too late and cannot be closed does not keep it from ending")
    void endsWhereClosingFails() {
        Operation<AutoCloseable> operation = Background.start(runtime, progress -> {
            waitFor(goOn);
            return () -> {
                throw new IllegalStateException("cannot be closed");
            };
        });
        operation.cancel();
        goOn.countDown();
        assertThatThrownBy(() -> operation.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
    }

    @Test
    @DisplayName("work that is asked otherwise is not interrupted")
    void asksOtherwise() {
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean interrupted = new AtomicBoolean();
        Operation<AutoCloseable> operation = Background.start(
                runtime,
                progress -> {
                    waitFor(goOn);
                    interrupted.set(Thread.currentThread().isInterrupted());
                    return closed::incrementAndGet;
                },
                () -> {
                    asked.incrementAndGet();
                    goOn.countDown();
                });
        operation.cancel();
        operation.cancel();
        assertThatThrownBy(() -> operation.await(PATIENCE)).isInstanceOf(OperationCancelledException.class);
        assertThat(asked).hasValue(1);
        assertThat(interrupted).isFalse();
        assertThat(closed).hasValue(1);
    }

    /** As work does that hears no interrupts; the flag is up afterwards. */
    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            waitFor(latch);
            Thread.currentThread().interrupt();
        }
    }
}
