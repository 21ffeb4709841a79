package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class FrugalExecutorTest {
    private final List<Thread> threads = new ArrayList<>();
    private final FrugalExecutor executor = new FrugalExecutor(this::thread, 2);
    private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();

    @Test
    void theOldestMakesWay() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        for (String task : new String[] {"a", "b", "c", "d"}) {
            executor.execute(() -> stall(task, never));
        }

        assertThat(ended.poll(10, TimeUnit.SECONDS)).isIn("a", "b");
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isIn("a", "b");
        assertThat(ended).isEmpty();
        // A task has ended a moment before its thread has left.
        for (Thread evicted : threads.subList(0, 2)) {
            evicted.join(10_000);
            assertThat(evicted.isAlive()).isFalse();
        }

        executor.execute(() -> ended.add("honest"));
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isIn("c", "honest");
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isIn("c", "honest");
        assertThat(ended).isEmpty();
        never.countDown();
        assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("d");
    }

    @Test
    void thereAreNeverMoreThanTwiceAsManyThreadsAsPlaces() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            executor.execute(() -> stayOn(end));
        }

        assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> executor.execute(() -> {}));

        end.countDown();
        for (int i = 0; i < 4; i++) {
            assertThat(ended.poll(10, TimeUnit.SECONDS)).isEqualTo("stayed");
        }
    }

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task);
        threads.add(thread);
        return thread;
    }

    private void stall(String task, CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            // Evicted.
        }
        ended.add(task);
    }

    private void stayOn(CountDownLatch end) {
        while (end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                // Not leaving.
            }
        }
        ended.add("stayed");
    }
}
