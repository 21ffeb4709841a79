package org.torpeer.transport.loopback.virtual;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionKey;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.Latency;
import org.torpeer.transport.loopback.LinkModel;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.NetworkObserver;
import org.torpeer.transport.loopback.RandomKey;

/** Links and faults, in virtual time. */
final class LinkModelTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration LONG = Duration.ofDays(2);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final VirtualTime time =
            new VirtualTime(TestSeed.random("LinkModelTest").nextLong());
    private final SeededRandom random = time.random("test");
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final Transport dialer = network.attach(time.runtime(0));
    private final Transport acceptor = network.attach(time.runtime(1));
    private final OnionKey key = new RandomKey(random);
    private final Endpoint target = new Endpoint(key.id(), Endpoint.DEFAULT_PORT);
    private final List<Connection> accepted = new ArrayList<>();

    @BeforeEach
    void listen() {
        assertThat(acceptor.listen(new ListenRequest(key, Endpoint.DEFAULT_PORT), accepted::add)
                        .toCompletableFuture())
                .isCompleted();
    }

    @Test
    @DisplayName("a lognormal latency has the median and the p99 that were asked for")
    void lognormal() {
        Latency latency = Latency.lognormal(Duration.ofSeconds(5), Duration.ofSeconds(60));
        double[] drawn = new double[40_000];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = latency.draw(random).toNanos() / 1e9;
        }
        Arrays.sort(drawn);
        assertThat(drawn[drawn.length / 2]).isCloseTo(5, within(0.25));
        assertThat(drawn[drawn.length * 99 / 100]).isCloseTo(60, within(6.0));
    }

    @Test
    @DisplayName("dials over links like Tor's take as long and fail as often as the model says")
    void torDials() {
        network.links(LinkModel.TOR, time.random("links"));
        Map<TransportFailure, Integer> failures = new EnumMap<>(TransportFailure.class);
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 4_000; i++) {
            Duration started = time.elapsed();
            CompletionStage<Connection> dial = dialer.dial(target, TIMEOUT);
            time.runUntil(() -> dial.toCompletableFuture().isDone(), started.plus(LONG));
            TransportFailure failure = failureOf(dial);
            if (failure == null) {
                millis.add(time.elapsed().minus(started).toMillis());
                dial.toCompletableFuture().join().close();
            } else {
                failures.merge(failure, 1, Integer::sum);
            }
        }
        millis.sort(null);
        assertThat(millis.get(millis.size() / 2)).isBetween(4_500L, 5_500L);
        assertThat(failures).containsOnlyKeys(TransportFailure.UNREACHABLE, TransportFailure.TIMEOUT);
        assertThat(failures.get(TransportFailure.UNREACHABLE)).isBetween(100, 200);
        assertThat(failures.get(TransportFailure.TIMEOUT)).isBetween(140, 245);
    }

    @Test
    @DisplayName("messages keep their order, and what is sent faster than the link carries queues up")
    void queueing() {
        network.links(
                new LinkModel(Latency.fixed(SECOND), Latency.fixed(SECOND), 0, 10_000, Duration.ofDays(100)),
                time.random("links"));
        Connection connection = connect();
        Connection other = accepted.get(0);
        Duration started = time.elapsed();
        for (byte i = 0; i < 5; i++) {
            byte[] message = new byte[10_000];
            Arrays.fill(message, i);
            connection.write(message);
        }
        List<String> arrivals = new ArrayList<>();
        readAll(
                other,
                chunk -> arrivals.add(
                        chunk[0] + " after " + time.elapsed().minus(started).toMillis()));
        time.run(started.plus(Duration.ofSeconds(10)));
        assertThat(arrivals)
                .containsExactly("0 after 1500", "1 after 2500", "2 after 3500", "3 after 4500", "4 after 5500");
    }

    @Test
    @DisplayName("connections break after a lifetime whose mean is the model's, both ends alike")
    void lifetimes() {
        network.links(
                new LinkModel(Latency.fixed(SECOND), Latency.fixed(SECOND), 0, Long.MAX_VALUE, Duration.ofMinutes(10)),
                time.random("links"));
        double total = 0;
        for (int i = 0; i < 500; i++) {
            Connection connection = connect();
            Duration started = time.elapsed();
            CompletionStage<byte[]> here = connection.read();
            CompletionStage<byte[]> there = accepted.get(i).read();
            assertThat(time.runUntil(
                            () -> here.toCompletableFuture().isDone()
                                    && there.toCompletableFuture().isDone(),
                            started.plus(LONG)))
                    .isTrue();
            assertThat(failureOf(here)).isEqualTo(TransportFailure.LOST);
            assertThat(failureOf(there)).isEqualTo(TransportFailure.LOST);
            total += time.elapsed().minus(started).toSeconds();
        }
        assertThat(total / 500).isCloseTo(600, within(120.0));
    }

    @Test
    @DisplayName("dials fail as often as the model has it")
    void failingDials() {
        network.links(LinkModel.steady(SECOND).failingDials(1), time.random("links"));
        assertThat(dialFailure(target)).isNotNull();
        network.links(LinkModel.steady(SECOND).failingDials(0), time.random("links"));
        assertThat(dialFailure(target)).isNull();
    }

    @Test
    @DisplayName("a connection that was closed in time leaves nothing that breaks later")
    void closedInTime() {
        network.links(LinkModel.steady(SECOND).lasting(Duration.ofHours(1)), time.random("links"));
        Connection connection = connect();
        connection.close();
        accepted.get(0).close();
        time.run(time.elapsed().plus(SECOND.multipliedBy(5)));
        long before = time.events();
        time.run(time.elapsed().plus(LONG));
        assertThat(time.events()).isEqualTo(before);
    }

    @Test
    @DisplayName("a partition breaks what crosses it and keeps what does not, until it is mended")
    void partition() {
        OnionKey inside = new RandomKey(random);
        Transport companion = network.attach(time.runtime(2));
        companion.listen(new ListenRequest(inside, Endpoint.DEFAULT_PORT), accepted::add);
        CompletionStage<byte[]> across = connect().read();
        Endpoint near = new Endpoint(inside.id(), Endpoint.DEFAULT_PORT);
        CompletionStage<byte[]> within = result(dialer.dial(near, TIMEOUT)).read();

        network.partition(List.of(dialer, companion));
        time.run(time.elapsed().plus(SECOND));
        assertThat(failureOf(across)).isEqualTo(TransportFailure.LOST);
        assertThat(within.toCompletableFuture()).isNotDone();
        assertThat(dialFailure(target)).isEqualTo(TransportFailure.UNREACHABLE);
        assertThat(dialFailure(near)).isNull();

        network.mend();
        assertThat(dialFailure(target)).isNull();
    }

    @Test
    @DisplayName("a host whose Tor is down sees its own failure, others see the host's")
    void hostDown() {
        CompletionStage<byte[]> open = connect().read();
        network.down(dialer);
        time.run(time.elapsed().plus(SECOND));
        assertThat(failureOf(open)).isEqualTo(TransportFailure.LOST);
        assertThat(dialFailure(target)).isEqualTo(TransportFailure.LOCAL);
        network.up(dialer);
        network.down(acceptor);
        assertThat(dialFailure(target)).isEqualTo(TransportFailure.UNREACHABLE);
        network.up(acceptor);
        assertThat(dialFailure(target)).isNull();
    }

    @Test
    @DisplayName("an observer sees each chunk and how each dial ended")
    void observer() {
        List<String> seen = new ArrayList<>();
        network.observe(new NetworkObserver() {
            @Override
            public void delivered(NodeRuntime at, byte[] chunk) {
                seen.add(((VirtualRuntime) at).node() + " got " + chunk.length);
            }

            @Override
            public void dialed(NodeRuntime by, Endpoint to, @Nullable TransportFailure failure) {
                seen.add(((VirtualRuntime) by).node() + " dialed " + failure);
            }
        });
        connect().write(new byte[3]);
        time.run(time.elapsed().plus(SECOND));
        network.vanish(key.id());
        assertThat(dialFailure(target)).isEqualTo(TransportFailure.NOT_FOUND);
        assertThat(seen).containsExactly("0 dialed null", "1 got 3", "0 dialed NOT_FOUND");
    }

    @Test
    @DisplayName("impossible links and strange hosts are refused")
    void refusals() {
        assertThatThrownBy(() -> LinkModel.TOR.failingDials(1.2)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> LinkModel.TOR.failingDials(Double.NaN)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> LinkModel.TOR.lasting(Duration.ZERO)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Latency.fixed(Duration.ofSeconds(-1))).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Latency.uniform(SECOND, SECOND)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Latency.lognormal(SECOND, SECOND)).isInstanceOf(InvalidInputException.class);
        Transport stranger = new LoopbackNetwork().attach(time.runtime(9));
        assertThatThrownBy(() -> network.down(stranger)).isInstanceOf(InvalidInputException.class);
    }

    private Connection connect() {
        return result(dialer.dial(target, TIMEOUT));
    }

    private @Nullable TransportFailure dialFailure(Endpoint to) {
        CompletionStage<Connection> dial = dialer.dial(to, TIMEOUT);
        time.runUntil(() -> dial.toCompletableFuture().isDone(), time.elapsed().plus(LONG));
        return failureOf(dial);
    }

    private <T> T result(CompletionStage<T> stage) {
        time.runUntil(() -> stage.toCompletableFuture().isDone(), time.elapsed().plus(LONG));
        return stage.toCompletableFuture().join();
    }

    private static void readAll(Connection connection, Consumer<byte[]> reader) {
        connection.read().whenComplete((chunk, failure) -> {
            if (failure == null) {
                reader.accept(chunk);
                readAll(connection, reader);
            }
        });
    }

    private static @Nullable TransportFailure failureOf(CompletionStage<?> stage) {
        try {
            stage.toCompletableFuture().join();
            return null;
        } catch (CompletionException e) {
            assertThat(e.getCause()).isInstanceOf(TransportException.class);
            return e.getCause() instanceof TransportException known ? known.failure() : null;
        }
    }
}
