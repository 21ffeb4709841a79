package org.torpeer.transport.loopback.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.testkit.TestSeed;

final class VirtualTimeTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final long seed = TestSeed.random("VirtualTimeTest").nextLong();
    private final VirtualTime time = new VirtualTime(seed);
    private final List<String> seen = new ArrayList<>();

    @Test
    @DisplayName("runs by time, then in the order scheduled, across nodes")
    void order() {
        EventLoop one = time.runtime(1).loop();
        EventLoop two = time.runtime(2).loop();
        one.schedule(SECOND, () -> seen.add("c"));
        two.schedule(SECOND, () -> seen.add("d"));
        two.execute(() -> {
            seen.add("a");
            one.execute(() -> seen.add("b"));
        });
        one.schedule(Duration.ofDays(400_000), () -> seen.add("e"));
        while (time.step()) {
            assertThat(time.pending()).isLessThan(5);
        }
        assertThat(seen).containsExactly("a", "b", "c", "d", "e");
        assertThat(time.events()).isEqualTo(5);
    }

    @Test
    @DisplayName("stops at the time asked for, and goes on from there")
    void limits() {
        EventLoop loop = time.runtime(0).loop();
        loop.schedule(SECOND, () -> seen.add("a"));
        loop.schedule(SECOND.plusNanos(1), () -> seen.add("b"));
        time.run(SECOND);
        assertThat(seen).containsExactly("a");
        assertThat(time.elapsed()).isEqualTo(SECOND);
        assertThat(time.runUntil(() -> seen.size() == 2, Duration.ofHours(1))).isTrue();
        assertThat(time.elapsed()).isEqualTo(SECOND.plusNanos(1));
        assertThat(time.runUntil(() -> false, Duration.ofHours(1))).isFalse();
        assertThat(loop.nanoTime()).isEqualTo(Duration.ofHours(1).toNanos());
    }

    @Test
    @DisplayName("what was called off, or belongs to a closed node, is not run")
    void calledOff() {
        VirtualRuntime closing = time.runtime(0);
        VirtualRuntime other = time.runtime(1);
        Cancellable never = other.loop().schedule(SECOND, () -> seen.add("called off"));
        closing.loop().schedule(SECOND, () -> seen.add("closed"));
        never.cancel();
        closing.close();
        closing.loop().execute(() -> seen.add("closed already"));
        closing.offload().execute(() -> seen.add("closed already"));
        time.run(Duration.ofMinutes(1));
        assertThat(seen).isEmpty();
        assertThat(time.events()).isZero();
    }

    @Test
    @DisplayName("a task that fails is counted and stops nothing")
    void failures() {
        EventLoop loop = time.runtime(0).loop();
        loop.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        loop.execute(() -> seen.add("next"));
        time.run(SECOND);
        assertThat(seen).containsExactly("next");
        assertThat(time.failures()).isEqualTo(1);
    }

    @Test
    @DisplayName("offloaded work occupies its machine, one task after the other, and runs on the node's loop")
    void offload() {
        VirtualRuntime node = time.runtime(0, new Conditions(Duration.ZERO, Duration.ofMillis(10)));
        for (int task = 1; task <= 3; task++) {
            node.offload()
                    .execute(() -> seen.add(
                            time.elapsed().toMillis() + " " + node.loop().isCurrent()));
        }
        time.run(SECOND);
        assertThat(seen).containsExactly("10 true", "20 true", "30 true");
    }

    @Test
    @DisplayName("clocks go with virtual time, each with its own skew")
    void clocks() {
        VirtualRuntime right = time.runtime(0);
        VirtualRuntime behind = time.runtime(1, new Conditions(Duration.ofMinutes(-7), Duration.ZERO));
        time.run(Duration.ofHours(2));
        assertThat(right.clock().instant()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(2)));
        assertThat(behind.clock().instant()).isEqualTo(right.clock().instant().minus(Duration.ofMinutes(7)));
    }

    @Test
    @DisplayName("code is on its own node's loop; between events the world's thread is on every loop")
    void current() throws InterruptedException {
        EventLoop one = time.runtime(1).loop();
        EventLoop two = time.runtime(2).loop();
        assertThat(one.isCurrent() && two.isCurrent()).isTrue();
        one.execute(() -> seen.add(one.isCurrent() + " " + two.isCurrent()));
        time.run(SECOND);
        assertThat(seen).containsExactly("true false");
        AtomicReference<Boolean> elsewhere = new AtomicReference<>();
        Thread other = new Thread(() -> elsewhere.set(one.isCurrent()));
        other.start();
        other.join();
        assertThat(elsewhere.get()).isFalse();
    }

    @Test
    @DisplayName("real threads have no way in")
    void threads() throws InterruptedException {
        VirtualRuntime node = time.runtime(0);
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Thread intruder = new Thread(() -> node.loop().execute(() -> seen.add("intruder")));
        intruder.setUncaughtExceptionHandler((thread, failure) -> refused.set(failure));
        intruder.start();
        intruder.join();
        assertThat(refused.get()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> node.blocking().newThread(() -> {})).isInstanceOf(IllegalStateException.class);
        node.loop().execute(time::step);
        time.run(SECOND);
        assertThat(time.failures()).isEqualTo(1);
        assertThat(seen).isEmpty();
    }

    @Test
    @DisplayName("the trace is the seed's and the program's: the same again, another with any change")
    void trace() {
        long once = traced(seed, 1);
        assertThat(traced(seed, 1)).isEqualTo(once);
        assertThat(traced(seed + 1, 1)).isNotEqualTo(once);
        assertThat(traced(seed, 2)).isNotEqualTo(once);
    }

    @Test
    @DisplayName("each node and each life of it has randomness of its own, whatever the others draw")
    void randomness() {
        long first = time.runtime(1).random().nextLong();
        VirtualTime again = new VirtualTime(seed);
        again.runtime(0).random().nextLong();
        assertThat(again.runtime(1).random().nextLong()).isEqualTo(first);
        assertThat(again.runtime(1).random().nextLong()).isNotEqualTo(first);
    }

    @Test
    @DisplayName("what was traced is counted by its kind, whichever lane it was in")
    void countsWhatIsTraced() {
        VirtualTime lanes = VirtualTime.inLanes(seed, 2, Duration.ofMillis(10));
        for (int node = 0; node < 100; node++) {
            VirtualRuntime runtime = lanes.runtime(node);
            runtime.loop().execute(() -> lanes.trace(1 + runtime.node() % 2, runtime.node(), new byte[3]));
        }
        lanes.run(SECOND);
        assertThat(lanes.timesTraced(1)).isEqualTo(50);
        assertThat(lanes.bytesTraced(2)).isEqualTo(150);
        assertThat(lanes.timesTraced(3)).isZero();
    }

    private static long traced(long seed, int payload) {
        VirtualTime time = new VirtualTime(seed);
        for (int node = 0; node < 10; node++) {
            VirtualRuntime runtime = time.runtime(node);
            long delay = runtime.random().nextLong(1_000_000);
            runtime.loop()
                    .schedule(
                            Duration.ofNanos(delay),
                            () -> time.trace(
                                    1, runtime.node(), new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, (byte) payload}));
        }
        time.run(SECOND);
        return time.traceHash();
    }
}
