package org.torpeer.transport.loopback.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.testkit.TestSeed;

@DisplayName("A world in lanes")
@Timeout(60)
final class LanesTest {
    private static final Duration LOOKAHEAD = Duration.ofMillis(100);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SeededRandom random =
            new SeededRandom(TestSeed.random("LanesTest").nextLong());
    private final long seed = random.nextLong();

    @Test
    @DisplayName("comes to the same, however many threads run it")
    void threadsDoNotMatter() {
        Crowd alone = new Crowd(1);
        assertThat(alone.time.failures()).isZero();
        assertThat(alone.heard()).isGreaterThan(1000);
        for (int threads : new int[] {2, 3, VirtualTime.LANES, 20}) {
            Crowd crowd = new Crowd(threads);
            assertThat(crowd.time.traceHash()).isEqualTo(alone.time.traceHash());
            assertThat(crowd.time.events()).isEqualTo(alone.time.events());
            assertThat(crowd.nodes)
                    .usingRecursiveComparison()
                    .comparingOnlyFields("seen")
                    .isEqualTo(alone.nodes);
            assertThat(crowd.aside).isEqualTo(alone.aside);
        }
    }

    @Test
    @DisplayName("looks aside in the order of time, each at its own")
    void asides() {
        Crowd crowd = new Crowd(2);
        assertThat(crowd.aside).isSorted().hasSizeGreaterThan(1000);
    }

    @Test
    @DisplayName("lets a node do to itself what it likes, and to others nothing that is sooner than the lookahead")
    void lookahead() {
        VirtualTime time = VirtualTime.inLanes(seed, 2, LOOKAHEAD);
        List<String> seen = new ArrayList<>();
        EventLoop one = time.runtime(0).loop();
        EventLoop neighbour = time.runtime(VirtualTime.LANES).loop();
        EventLoop other = time.runtime(1).loop();
        one.execute(() -> {
            one.execute(() -> seen.add("itself"));
            neighbour.execute(() -> seen.add("of the same lane"));
            other.schedule(LOOKAHEAD, () -> seen.add("later"));
            other.schedule(LOOKAHEAD.minusNanos(1), () -> seen.add("too soon"));
        });
        time.run(SECOND);
        assertThat(seen).containsExactly("itself", "of the same lane", "later");
        assertThat(time.failures()).isEqualTo(1);
        assertThat(time.pending()).isZero();
    }

    @Test
    @DisplayName("does what happens to the world when every node has come as far")
    void worldEvents() {
        VirtualTime time = VirtualTime.inLanes(seed, 2, LOOKAHEAD);
        AtomicLong before = new AtomicLong();
        List<Long> at = new ArrayList<>();
        Duration moment = Duration.ofMillis(530);
        for (int node = 0; node < 2 * VirtualTime.LANES; node++) {
            EventLoop loop = time.runtime(node).loop();
            loop.schedule(moment.minusNanos(1), before::incrementAndGet);
            time.loop().schedule(moment, () -> {
                at.add(before.get());
                assertThat(loop.nanoTime()).isEqualTo(moment.toNanos());
                loop.execute(before::incrementAndGet);
            });
        }
        time.run(moment.minusNanos(1));
        assertThat(at).isEmpty();
        assertThat(time.elapsed()).isEqualTo(moment.minusNanos(1));
        time.run(moment);
        assertThat(at).hasSize(2 * VirtualTime.LANES).containsOnly(2L * VirtualTime.LANES);
        assertThat(before).hasValue(4L * VirtualTime.LANES);
        assertThat(time.elapsed()).isEqualTo(moment);
        assertThat(time.failures()).isZero();
    }

    @Test
    @DisplayName("asks a condition after each window, and crosses idle hours in one step")
    void conditions() {
        VirtualTime time = VirtualTime.inLanes(seed, 2, LOOKAHEAD);
        AtomicLong asked = new AtomicLong();
        AtomicLong ran = new AtomicLong();
        time.runtime(3).loop().schedule(Duration.ofHours(5), ran::incrementAndGet);
        boolean held = time.runUntil(
                () -> {
                    asked.incrementAndGet();
                    return ran.get() > 0;
                },
                Duration.ofHours(6));
        assertThat(held).isTrue();
        assertThat(asked.get()).isLessThan(100);
        assertThat(time.elapsed())
                .isBetween(Duration.ofHours(5), Duration.ofHours(5).plus(LOOKAHEAD));
        assertThat(time.runUntil(() -> false, Duration.ofHours(6))).isFalse();
        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(6));
    }

    @Test
    @DisplayName("refuses what has no meaning in it")
    void refusals() throws InterruptedException {
        VirtualTime time = VirtualTime.inLanes(seed, 2, LOOKAHEAD);
        EventLoop loop = time.runtime(0).loop();
        assertThatThrownBy(time::step).isInstanceOf(IllegalStateException.class).hasMessageContaining("window");
        time.run(SECOND);
        assertThatThrownBy(() -> time.run(LOOKAHEAD))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("back");
        time.run(Duration.ofSeconds(Long.MAX_VALUE));
        List<Throwable> caught = new ArrayList<>();
        Thread stranger = new Thread(() -> {
            try {
                loop.execute(() -> {});
            } catch (IllegalStateException e) {
                caught.add(e);
            }
        });
        stranger.start();
        stranger.join();
        assertThat(caught).singleElement().asString().contains("another thread");
        assertThatThrownBy(() -> VirtualTime.inLanes(seed, 0, LOOKAHEAD)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> VirtualTime.inLanes(seed, 1, Duration.ZERO)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("knows of its queue how far it may go at least")
    void earliest() {
        EventWheel wheel = new EventWheel();
        assertThat(wheel.earliest()).isEqualTo(Long.MAX_VALUE);
        for (int i = 0; i < 2000; i++) {
            wheel.add(wheel.now() + (random.nextLong() >>> (2 + random.nextInt(60))), i);
            long bound = wheel.earliest();
            assertThat(bound).isGreaterThanOrEqualTo(wheel.now());
            if (i % 3 == 0) {
                assertThat(wheel.next()).isTrue();
                assertThat(wheel.now()).isGreaterThanOrEqualTo(bound);
            }
        }
    }

    /** Nodes that talk to each other, and to themselves, at random. */
    private final class Crowd {
        private static final int NODES = 37;

        final VirtualTime time;
        final List<Member> nodes;
        final List<Long> aside = new ArrayList<>();

        Crowd(int threads) {
            time = VirtualTime.inLanes(seed, threads, LOOKAHEAD);
            nodes = IntStream.range(0, NODES)
                    .mapToObj(number -> new Member(this, time.runtime(number)))
                    .toList();
            nodes.forEach(member -> time.loop().schedule(SECOND, () -> member.hear(member.runtime.node())));
            nodes.forEach(member -> member.runtime.loop().execute(() -> member.hear(-1)));
            time.run(Duration.ofSeconds(20));
        }

        long heard() {
            return nodes.stream().mapToLong(member -> member.seen.size()).sum();
        }
    }

    private static final class Member {
        private final Crowd crowd;
        private final VirtualRuntime runtime;
        private final List<Long> seen = new ArrayList<>();

        Member(Crowd crowd, VirtualRuntime runtime) {
            this.crowd = crowd;
            this.runtime = runtime;
        }

        void hear(long from) {
            seen.add(from);
            seen.add(runtime.loop().nanoTime());
            LongStream.range(0, 2)
                    .forEach(which -> crowd.time.aside(
                            () -> crowd.aside.add(crowd.time.elapsed().toNanos())));
            Member other = crowd.nodes.get(runtime.random().nextInt(Crowd.NODES));
            long wait = runtime.random().nextLong(LOOKAHEAD.toNanos());
            int self = runtime.node();
            other.runtime.loop().schedule(LOOKAHEAD.plusNanos(wait), () -> other.hear(self));
            runtime.loop().schedule(Duration.ofNanos(wait), () -> seen.add(wait));
        }
    }
}
