package org.torpeer.transport.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.TransportContract;

/** The contract, and what only this network can be made to do. */
final class LoopbackTransportTest extends TransportContract {
    private static final Duration SOON = Duration.ofMillis(20);

    private final Random random = TestSeed.random("LoopbackTransportTest");
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final List<NodeRuntime> runtimes = new ArrayList<>();
    private final NodeRuntime dialing = runtime("dialer");
    private final NodeRuntime accepting = runtime("acceptor");
    private final Transport dialer = network.attach(dialing);
    private final Transport acceptor = network.attach(accepting);

    @Override
    protected Transport dialer() {
        return dialer;
    }

    @Override
    protected Transport acceptor() {
        return acceptor;
    }

    @Override
    protected Transport disposable() {
        return network.attach(runtime("disposable"));
    }

    @Override
    protected OnionKey newKey() {
        return new RandomKey(random);
    }

    @AfterEach
    void close() {
        dialer.close();
        acceptor.close();
        runtimes.forEach(NodeRuntime::close);
    }

    @ParameterizedTest
    @EnumSource(TransportFailure.class)
    @DisplayName("a fault set by key fails dials in its manner until healed")
    void failsDials(TransportFailure failure) {
        try (Line line = connect()) {
            Endpoint target = new Endpoint(line.peer(), Endpoint.DEFAULT_PORT);
            network.failDials(line.peer(), failure);
            assertThat(failureOf(dialer.dial(target, SOON))).isEqualTo(failure);
            network.heal(line.peer());
            await(dialer.dial(target, patience())).close();
        }
    }

    @Test
    @DisplayName("refuse, vanish and hang are what they say, and leave connections alone")
    void namedFaults() {
        try (Line line = connect()) {
            Endpoint target = new Endpoint(line.peer(), Endpoint.DEFAULT_PORT);
            network.refuse(line.peer());
            assertThat(failureOf(dialer.dial(target, patience()))).isEqualTo(TransportFailure.REFUSED);
            network.vanish(line.peer());
            assertThat(failureOf(dialer.dial(target, patience()))).isEqualTo(TransportFailure.NOT_FOUND);
            network.hang(line.peer());
            assertThat(failureOf(dialer.dial(target, SOON))).isEqualTo(TransportFailure.TIMEOUT);
            await(line.dialed().write(new byte[] {1}));
            assertThat(await(line.accepted().read())).containsExactly(1);
        }
    }

    @Test
    @DisplayName("a dial given up is closed on the side that accepted it")
    void closesLateConnections() {
        network.latency(Duration.ofMillis(40));
        CompletableFuture<Connection> late = new CompletableFuture<>();
        Listener listener = await(acceptor.listen(new ListenRequest(newKey(), 1), late::complete));
        assertThat(failureOf(dialer.dial(listener.endpoint(), Duration.ofMillis(50))))
                .isEqualTo(TransportFailure.TIMEOUT);
        assertThat(failureOf(await(late).read())).isEqualTo(TransportFailure.CLOSED);
    }

    @Test
    @DisplayName("broken connections are LOST on both sides, pending writes and unread bytes included")
    void breaksConnections() {
        try (Line line = connect();
                Line untouched = connect()) {
            await(line.dialed().write(new byte[100]));
            CompletionStage<Void> stuck = line.dialed().write(new byte[LoopbackConnection.IN_FLIGHT_BYTES]);
            CompletionStage<byte[]> reading = line.dialed().read();
            network.breakConnections(line.peer());
            assertThat(failureOf(stuck)).isEqualTo(TransportFailure.LOST);
            assertThat(failureOf(reading)).isEqualTo(TransportFailure.LOST);
            idle(accepting);
            assertThat(failureOf(line.accepted().read())).isEqualTo(TransportFailure.LOST);
            assertThat(failureOf(line.accepted().write(new byte[1]))).isEqualTo(TransportFailure.LOST);
            await(untouched.dialed().write(new byte[] {2}));
            assertThat(await(untouched.accepted().read())).containsExactly(2);
        }
    }

    @Test
    @DisplayName("a peer's connections break too where it is the one who dialed")
    void breaksDialedConnections() {
        OnionKey ours = newKey();
        await(dialer.listen(new ListenRequest(ours, 1), Connection::close));
        try (Line line = connect()) {
            network.breakConnections(ours.id());
            assertThat(failureOf(line.accepted().read())).isEqualTo(TransportFailure.LOST);
        }
    }

    @Test
    @DisplayName("exactly the buffer's size is taken while nobody reads, and a read makes room for as much")
    void bufferIsExact() {
        try (Line line = connect()) {
            assertThat(line.dialed()
                            .write(new byte[LoopbackConnection.IN_FLIGHT_BYTES])
                            .toCompletableFuture())
                    .isCompleted();
            CompletableFuture<Void> more = line.dialed().write(new byte[10]).toCompletableFuture();
            CompletableFuture<Void> evenMore =
                    line.dialed().write(new byte[Connection.MAX_CHUNK_BYTES]).toCompletableFuture();
            assertThat(more).isNotDone();
            assertThat(await(line.accepted().read())).hasSize(Connection.MAX_CHUNK_BYTES);
            await(more);
            idle(dialing);
            assertThat(evenMore).isNotDone();
            await(line.accepted().read());
            await(evenMore);
        }
    }

    @Test
    @DisplayName("a writer that waits for room is told when the other side closes, and when its own does")
    void closeEndsPendingWrites() {
        byte[] tooMuch = new byte[LoopbackConnection.IN_FLIGHT_BYTES + 1];
        try (Line line = connect()) {
            CompletionStage<Void> there = line.dialed().write(tooMuch);
            CompletionStage<Void> here = line.accepted().write(tooMuch);
            line.accepted().close();
            assertThat(failureOf(here)).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(there)).isEqualTo(TransportFailure.CLOSED);
            assertThat(failureOf(line.dialed().write(tooMuch))).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    @DisplayName("many small writes make few reads")
    void joinsSmallWrites() {
        try (Line line = connect()) {
            for (int i = 0; i < 1000; i++) {
                await(line.dialed().write(new byte[] {(byte) i}));
            }
            idle(accepting);
            assertThat(await(line.accepted().read())).hasSize(1000).startsWith(0, 1, 2, 3);
        }
    }

    @Test
    @DisplayName("order holds while the latency falls")
    void ordersUnderChangingLatency() {
        try (Line line = connect()) {
            byte[] arrived = new byte[4];
            for (int i = 0; i < arrived.length; i++) {
                network.latency(Duration.ofMillis(40 - 10 * i));
                await(line.dialed().write(new byte[] {(byte) i}));
            }
            for (int at = 0; at < arrived.length; ) {
                byte[] chunk = await(line.accepted().read());
                System.arraycopy(chunk, 0, arrived, at, chunk.length);
                at += chunk.length;
            }
            assertThat(arrived).containsExactly(0, 1, 2, 3);
        }
    }

    @Test
    @DisplayName("an endpoint has one listener at a time")
    void listensOnce() {
        OnionKey key = newKey();
        Listener first = await(acceptor.listen(new ListenRequest(key, 1), Connection::close));
        assertThat(failureOf(dialer.listen(new ListenRequest(key, 1), Connection::close)))
                .isEqualTo(TransportFailure.LOCAL);
        first.close();
        Listener second = await(dialer.listen(new ListenRequest(key, 1), Connection::close));
        first.close();
        await(acceptor.dial(second.endpoint(), patience())).close();
    }

    @Test
    @DisplayName("forwards are refused")
    void hasNoForwards() {
        InetSocketAddress local = InetSocketAddress.createUnresolved("127.0.0.1", 80);
        assertThat(failureOf(acceptor.listen(new ListenRequest(newKey(), 1, Map.of(80, local)), Connection::close)))
                .isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    @DisplayName("an acceptor that throws loses that connection only")
    void survivesThrowingAcceptors() {
        Listener listener = await(acceptor.listen(new ListenRequest(newKey(), 1), connection -> {
            throw new IllegalStateException("thrown by the test");
        }));
        for (int i = 0; i < 2; i++) {
            Connection dialed = await(dialer.dial(listener.endpoint(), patience()));
            assertThat(failureOf(dialed.read())).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    @DisplayName("closing a transport ends its dials")
    void closeEndsDials() {
        OnionKey key = newKey();
        network.hang(key.id());
        CompletionStage<Connection> pending = dialer.dial(new Endpoint(key.id(), 1), patience());
        dialer.close();
        assertThat(failureOf(pending)).isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    @DisplayName("networks do not see each other")
    void networksAreIndependent() {
        Transport elsewhere = new LoopbackNetwork().attach(runtime("elsewhere"));
        Listener listener = await(elsewhere.listen(new ListenRequest(newKey(), 1), Connection::close));
        assertThat(failureOf(dialer.dial(listener.endpoint(), patience()))).isEqualTo(TransportFailure.NOT_FOUND);
        elsewhere.close();
    }

    /** Returns when the runtime's loop has done all it was given so far. */
    private void idle(NodeRuntime runtime) {
        CountDownLatch reached = new CountDownLatch(1);
        runtime.loop().execute(reached::countDown);
        try {
            assertThat(reached.await(patience().toNanos(), TimeUnit.NANOSECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private NodeRuntime runtime(String name) {
        NodeRuntime runtime = NodeRuntime.system(name);
        runtimes.add(runtime);
        return runtime;
    }
}
