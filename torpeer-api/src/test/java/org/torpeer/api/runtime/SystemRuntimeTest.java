package org.torpeer.api.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class SystemRuntimeTest {
    private static final long PATIENCE_SECONDS = 20;

    private final NodeRuntime runtime = NodeRuntime.system("runtime-test");
    private final EventLoop loop = runtime.loop();

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    @DisplayName("tasks run one after the other in the order given, however given")
    void keepsOrder() throws Exception {
        List<Integer> ran = new ArrayList<>();
        for (int i = 0; i < 2000; i += 2) {
            int number = i;
            loop.execute(() -> ran.add(number));
            loop.schedule(Duration.ZERO, () -> ran.add(number + 1));
        }
        finish();
        assertThat(ran).isEqualTo(IntStream.range(0, 2000).boxed().toList());
    }

    @Test
    @DisplayName("later tasks run at their time, equal ones in the order scheduled")
    void keepsTimes() throws Exception {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(4);
        long start = loop.nanoTime();
        later(60, "d", ran, all);
        later(30, "b", ran, all);
        later(30, "c", ran, all);
        later(0, "a", ran, all);
        assertThat(all.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(ran).containsExactly("a", "b", "c", "d");
        assertThat(loop.nanoTime() - start)
                .isGreaterThanOrEqualTo(Duration.ofMillis(60).toNanos());
    }

    @Test
    @DisplayName("a cancelled task does not run")
    void cancels() throws Exception {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch after = new CountDownLatch(1);
        Cancellable cancelled = loop.schedule(Duration.ofMillis(10), () -> ran.add("cancelled"));
        Cancellable kept = loop.schedule(Duration.ofMillis(20), after::countDown);
        cancelled.cancel();
        cancelled.cancel();
        assertThat(after.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        kept.cancel();
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("a task that throws, even an error, does not stop the loop or change its thread")
    void survivesThrowingTasks() throws Exception {
        Thread before = loopThread();
        loop.execute(() -> {
            throw new IllegalStateException("thrown by the test");
        });
        loop.execute(() -> {
            throw new AssertionError("thrown by the test");
        });
        assertThat(loopThread()).isSameAs(before);
    }

    @Test
    @DisplayName("the loop knows its own thread")
    void knowsItsThread() throws Exception {
        assertThat(loop.isCurrent()).isFalse();
        CompletableFuture<Boolean> inside = new CompletableFuture<>();
        loop.execute(() -> inside.complete(loop.isCurrent()));
        assertThat(inside.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("after close nothing is run, whether scheduled before or given later, and nothing throws")
    void closes() throws Exception {
        List<String> ran = Collections.synchronizedList(new ArrayList<>());
        Thread thread = loopThread();
        CountDownLatch entered = new CountDownLatch(1);
        loop.execute(() -> {
            entered.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertThat(entered.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        loop.execute(() -> ran.add("before"));
        loop.schedule(Duration.ofMillis(1), () -> ran.add("before"));
        runtime.close();
        runtime.close();
        loop.execute(() -> ran.add("after"));
        loop.schedule(Duration.ZERO, () -> ran.add("after")).cancel();
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        assertThat(thread.isAlive()).isFalse();
        assertThat(ran).isEmpty();
    }

    @Test
    @DisplayName("offloaded work runs elsewhere, all of it, also when there is more than the queue holds")
    void offloads() throws Exception {
        int tasks = 5000;
        CountDownLatch done = new CountDownLatch(tasks);
        Executor offload = runtime.offload();
        for (int i = 0; i < tasks; i++) {
            offload.execute(done::countDown);
        }
        assertThat(done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        CompletableFuture<Boolean> onLoop = new CompletableFuture<>();
        offload.execute(() -> onLoop.complete(loop.isCurrent()));
        assertThat(onLoop.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
    }

    @Test
    @DisplayName("threads are daemons, named after the runtime")
    void threadsAreDaemons() throws Exception {
        Thread blocking = runtime.blocking().newThread(() -> {});
        assertThat(List.of(loopThread(), blocking)).allSatisfy(thread -> {
            assertThat(thread.isDaemon()).isTrue();
            assertThat(thread.getName()).startsWith("runtime-test-");
        });
    }

    @Test
    @DisplayName("two runtimes do not share a loop or randomness")
    void runtimesAreApart() throws Exception {
        NodeRuntime other = NodeRuntime.system("other");
        try {
            CompletableFuture<Boolean> foreign = new CompletableFuture<>();
            other.loop().execute(() -> foreign.complete(loop.isCurrent()));
            assertThat(foreign.get(PATIENCE_SECONDS, TimeUnit.SECONDS)).isFalse();
            assertThat(runtime.random().nextLong()).isNotEqualTo(other.random().nextLong());
        } finally {
            other.close();
        }
    }

    private void later(long millis, String name, List<String> ran, CountDownLatch all) {
        Cancellable unused = loop.schedule(Duration.ofMillis(millis), () -> {
            ran.add(name);
            all.countDown();
        });
        assertThat(unused).isNotNull();
    }

    private Thread loopThread() throws Exception {
        CompletableFuture<Thread> thread = new CompletableFuture<>();
        loop.execute(() -> thread.complete(Thread.currentThread()));
        return thread.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Returns when all given so far has run. */
    private void finish() throws InterruptedException {
        CountDownLatch reached = new CountDownLatch(1);
        loop.execute(reached::countDown);
        assertThat(reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
}
