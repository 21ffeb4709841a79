package org.torpeer.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * What every transport must do. A provider's test extends this class; green means conforming.
 *
 * <p>The transports stay the subclass's to close, so that those which are slow to open can serve several tests; each
 * test listens under a key of its own.
 */
public abstract class TransportContract {
    private static final int PORT = Endpoint.DEFAULT_PORT;
    /** How long a writer must have stood still to count as held back. */
    private static final Duration STILL = Duration.ofMillis(500);

    /** The transport that dials. */
    protected abstract Transport dialer();

    /** Another transport of the same network, which listens. */
    protected abstract Transport acceptor();

    /** A third one of the same network, opened anew; the test closes it. */
    protected abstract Transport disposable();

    /** A key never used before. */
    protected abstract OnionKey newKey();

    /** Longest wait for anything that must come. */
    protected Duration patience() {
        return Duration.ofSeconds(20);
    }

    /** More bytes than the transport and all below it can hold between a writer and a reader that does not read. */
    protected int moreThanBuffers() {
        return 1 << 20;
    }

    /** How a dial may fail if nobody ever listened under the key. */
    protected Set<TransportFailure> unknownKeyFailures() {
        return EnumSet.of(TransportFailure.NOT_FOUND);
    }

    @Test
    @DisplayName("what is written comes back from an echo")
    void echoes() {
        try (Line line = connect()) {
            echo(line.accepted);
            byte[] said = "hello".getBytes(StandardCharsets.UTF_8);
            await(line.dialed.write(said));
            assertThat(await(receive(line.dialed, said.length))).isEqualTo(said);
        }
    }

    @Test
    @DisplayName("the listener says where it is dialed")
    void listenerNamesItsEndpoint() {
        OnionKey key = newKey();
        try (Listener listener = await(acceptor().listen(new ListenRequest(key, PORT), Connection::close))) {
            assertThat(listener.endpoint()).isEqualTo(new Endpoint(key.id(), PORT));
        }
    }

    @Test
    @DisplayName("a mebibyte in pieces of any size arrives whole and in order")
    void keepsOrder() {
        Random random = TestSeed.random("TransportContract.keepsOrder");
        byte[] sent = bytes(random, 1 << 20);
        try (Line line = connect()) {
            CompletionStage<Void> written = writeInPieces(line.dialed, sent, random);
            assertThat(await(receive(line.accepted, sent.length))).isEqualTo(sent);
            await(written);
        }
    }

    @Test
    @DisplayName("both directions carry data at the same time")
    void isDuplex() {
        Random random = TestSeed.random("TransportContract.isDuplex");
        byte[] there = bytes(random, 1 << 18);
        byte[] back = bytes(random, 1 << 18);
        try (Line line = connect()) {
            CompletionStage<byte[]> arrivedThere = receive(line.accepted, there.length);
            CompletionStage<byte[]> arrivedBack = receive(line.dialed, back.length);
            CompletionStage<Void> writtenThere = writeInPieces(line.dialed, there, random);
            CompletionStage<Void> writtenBack = writeInPieces(line.accepted, back, random);
            assertThat(await(arrivedThere)).isEqualTo(there);
            assertThat(await(arrivedBack)).isEqualTo(back);
            await(writtenThere);
            await(writtenBack);
        }
    }

    @Test
    @DisplayName("the array is the writer's again once the write has completed")
    void doesNotKeepWrittenArrays() {
        try (Line line = connect()) {
            byte[] said = {1, 2, 3};
            await(line.dialed.write(said));
            Arrays.fill(said, (byte) 9);
            assertThat(await(receive(line.accepted, 3))).containsExactly(1, 2, 3);
        }
    }

    @Test
    @DisplayName("an empty write completes and is no end")
    void acceptsEmptyWrites() {
        try (Line line = connect()) {
            await(line.dialed.write(new byte[0]));
            await(line.dialed.write(new byte[] {7}));
            assertThat(await(receive(line.accepted, 1))).containsExactly(7);
        }
    }

    @Test
    @DisplayName("after a close the other side reads all that was sent, then CLOSED")
    void deliversBeforeClosed() {
        byte[] sent = bytes(TestSeed.random("TransportContract.deliversBeforeClosed"), 40_000);
        try (Line line = connect()) {
            CompletionStage<byte[]> arrived = receive(line.accepted, sent.length);
            await(line.dialed.write(sent));
            line.dialed.close();
            assertThat(await(arrived)).isEqualTo(sent);
            assertThat(failureOf(line.accepted.read())).isEqualTo(TransportFailure.CLOSED);
            assertThat(failureOf(line.accepted.read())).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    @DisplayName("a close ends a read that waits: CLOSED there, LOCAL here")
    void closeEndsPendingReads() {
        try (Line line = connect()) {
            CompletionStage<byte[]> there = line.accepted.read();
            CompletionStage<byte[]> here = line.dialed.read();
            line.dialed.close();
            assertThat(failureOf(here)).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(there)).isEqualTo(TransportFailure.CLOSED);
        }
    }

    @Test
    @DisplayName("after our own close reads and writes fail with LOCAL, and a second close does nothing")
    void refusesWorkAfterOwnClose() {
        try (Line line = connect()) {
            line.dialed.close();
            line.dialed.close();
            assertThat(failureOf(line.dialed.read())).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(line.dialed.write(new byte[] {1}))).isEqualTo(TransportFailure.LOCAL);
        }
    }

    @Test
    @DisplayName("a second read before the first completes is an IllegalStateException, and the first goes on")
    void allowsOneReadAtATime() {
        try (Line line = connect()) {
            CompletionStage<byte[]> first = line.accepted.read();
            assertThatThrownBy(() -> outcome(line.accepted.read())).isInstanceOf(IllegalStateException.class);
            await(line.dialed.write(new byte[] {5}));
            assertThat(await(first)).containsExactly(5);
        }
    }

    @Test
    @DisplayName("a writer is held back while nobody reads, and goes on when somebody does")
    void holdsWritersBack() {
        byte[] block = new byte[Connection.MAX_CHUNK_BYTES];
        try (Line line = connect()) {
            int written = 0;
            CompletionStage<Void> last = line.dialed.write(block);
            while (completesWithin(last, STILL)) {
                written += block.length;
                assertThat(written)
                        .as("bytes taken from a writer while nobody reads")
                        .isLessThan(moreThanBuffers());
                last = line.dialed.write(block);
            }
            await(receive(line.accepted, written + block.length));
            await(last);
        }
    }

    @Test
    @DisplayName("a key nobody listens under is not found")
    void doesNotFindUnknownKeys() {
        Endpoint unknown = new Endpoint(newKey().id(), PORT);
        assertThat(failureOf(dialer().dial(unknown, patience()))).isIn(unknownKeyFailures());
    }

    @Test
    @DisplayName("a port nobody listens on is refused")
    void refusesOtherPorts() {
        try (Line line = connect()) {
            Endpoint other = new Endpoint(line.listener.endpoint().peer(), PORT + 1);
            assertThat(failureOf(dialer().dial(other, patience()))).isEqualTo(TransportFailure.REFUSED);
        }
    }

    @Test
    @DisplayName("a closed listener takes no new dials and leaves connections alone")
    void closedListenerKeepsConnections() {
        try (Line line = connect()) {
            line.listener.close();
            line.listener.close();
            assertThat(failureOf(dialer().dial(line.listener.endpoint(), patience()))
                            .peersOwn())
                    .as("counts against the peer")
                    .isTrue();
            await(line.dialed.write(new byte[] {3}));
            assertThat(await(receive(line.accepted, 1))).containsExactly(3);
        }
    }

    @Test
    @DisplayName("fifty connections at once each carry their own")
    void carriesManyConnections() {
        int many = 50;
        List<Connection> dialed = new ArrayList<>();
        List<Connection> accepted = new ArrayList<>();
        Listener listener = await(acceptor().listen(new ListenRequest(newKey(), PORT), connection -> {
            synchronized (accepted) {
                accepted.add(connection);
            }
            echo(connection);
        }));
        try (listener) {
            List<CompletionStage<Connection>> dials = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                dials.add(dialer().dial(listener.endpoint(), patience()));
            }
            dials.forEach(dial -> dialed.add(await(dial)));
            List<CompletionStage<byte[]>> answers = new ArrayList<>();
            for (int i = 0; i < many; i++) {
                byte[] own = ("connection " + (100 + i)).getBytes(StandardCharsets.UTF_8);
                CompletionStage<Void> written = dialed.get(i).write(own);
                Connection connection = dialed.get(i);
                answers.add(written.thenCompose(done -> receive(connection, own.length)));
            }
            for (int i = 0; i < many; i++) {
                assertThat(await(answers.get(i)))
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("connection " + (100 + i));
            }
        } finally {
            dialed.forEach(Connection::close);
            synchronized (accepted) {
                accepted.forEach(Connection::close);
            }
        }
    }

    @Test
    @DisplayName("closing a transport closes its listeners and connections, and it does nothing more")
    void closeEndsEverything() {
        Transport closing = disposable();
        try (Line line = connect(dialer(), closing)) {
            CompletionStage<byte[]> here = line.accepted.read();
            CompletionStage<byte[]> there = line.dialed.read();
            closing.close();
            closing.close();
            assertThat(failureOf(here)).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(there)).isIn(TransportFailure.CLOSED, TransportFailure.LOST);
            Endpoint gone = line.listener.endpoint();
            assertThat(failureOf(dialer().dial(gone, patience())).peersOwn()).isTrue();
            assertThat(failureOf(closing.dial(gone, patience()))).isEqualTo(TransportFailure.LOCAL);
            assertThat(failureOf(closing.listen(new ListenRequest(newKey(), PORT), Connection::close)))
                    .isEqualTo(TransportFailure.LOCAL);
        }
    }

    /** A new connection from the dialer to the acceptor, under a new key. */
    protected final Line connect() {
        return connect(dialer(), acceptor());
    }

    private Line connect(Transport from, Transport to) {
        BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
        Listener listener = await(to.listen(new ListenRequest(newKey(), PORT), accepted::add));
        Connection dialed = await(from.dial(listener.endpoint(), patience()));
        try {
            Connection first = accepted.poll(patience().toNanos(), TimeUnit.NANOSECONDS);
            if (first == null) {
                throw new AssertionError("the acceptor was not called within " + patience());
            }
            return new Line(listener, dialed, first);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** The result, which must come within {@link #patience()}. */
    protected final <T> T await(CompletionStage<T> stage) {
        try {
            return outcome(stage);
        } catch (RuntimeException e) {
            throw new AssertionError("failed: " + e, e);
        }
    }

    /** How the stage failed, which it must within {@link #patience()}, with a {@link TransportException}. */
    protected final TransportFailure failureOf(CompletionStage<?> stage) {
        try {
            Object result = outcome(stage);
            throw new AssertionError("it did not fail but resulted in " + result);
        } catch (TransportException e) {
            assertThat(e.getMessage())
                    .as("one line that says what is wrong")
                    .isNotBlank()
                    .doesNotContain("\n");
            return e.failure();
        }
    }

    private <T> T outcome(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().get(patience().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError("failed otherwise than by a RuntimeException", e);
        } catch (TimeoutException e) {
            throw new AssertionError("nothing within " + patience(), e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static boolean completesWithin(CompletionStage<?> stage, Duration time) {
        try {
            stage.toCompletableFuture().get(time.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError("the write failed", e);
        }
    }

    /** All in the order of calls, none waiting for the one before. */
    private static CompletionStage<Void> writeInPieces(Connection to, byte[] all, Random random) {
        CompletionStage<Void> last = CompletableFuture.completedStage(null);
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + random.nextInt(40_000));
            last = to.write(Arrays.copyOfRange(all, at, end));
            at = end;
        }
        return last;
    }

    private static CompletionStage<byte[]> receive(Connection from, int bytes) {
        return receive(from, bytes, new ByteArrayOutputStream(bytes));
    }

    private static CompletionStage<byte[]> receive(Connection from, int bytes, ByteArrayOutputStream so) {
        if (so.size() >= bytes) {
            return CompletableFuture.completedStage(so.toByteArray());
        }
        return from.read().thenCompose(chunk -> {
            assertThat(chunk.length).as("length of a chunk").isBetween(1, Connection.MAX_CHUNK_BYTES);
            so.writeBytes(chunk);
            return receive(from, bytes, so);
        });
    }

    private static void echo(Connection connection) {
        connection
                .read()
                .thenCompose(connection::write)
                .thenRun(() -> echo(connection))
                .exceptionally(ended -> {
                    connection.close();
                    return null;
                });
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Both ends of a connection, and the listener it came through. */
    protected static final class Line implements AutoCloseable {
        private final Listener listener;
        private final Connection dialed;
        private final Connection accepted;

        private Line(Listener listener, Connection dialed, Connection accepted) {
            this.listener = listener;
            this.dialed = dialed;
            this.accepted = accepted;
        }

        public PeerId peer() {
            return listener.endpoint().peer();
        }

        public Connection dialed() {
            return dialed;
        }

        public Connection accepted() {
            return accepted;
        }

        @Override
        public void close() {
            dialed.close();
            accepted.close();
            listener.close();
        }
    }
}
