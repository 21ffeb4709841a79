package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.transport.tor.internal.Outcome.failureOf;
import static org.torpeer.transport.tor.internal.Outcome.get;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** A connection whose other end is a plain socket that behaves badly. */
@Timeout(30)
class SocketConnectionTest {
    private final NodeRuntime runtime = NodeRuntime.system("connection-test");
    private final CountDownLatch released = new CountDownLatch(1);

    private Socket there = new Socket();
    private SocketConnection here = new SocketConnection(there, runtime, ended -> {});

    @BeforeEach
    void connect() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(Literal.loopback(0));
            there = new Socket();
            there.connect(server.getLocalSocketAddress());
            here = new SocketConnection(server.accept(), runtime, ended -> released.countDown());
            here.begin();
        }
    }

    @AfterEach
    void close() throws IOException {
        here.close();
        there.close();
        runtime.close();
    }

    @Test
    void aResetIsALoss() throws Exception {
        CompletionStage<byte[]> read = here.read();
        there.setSoLinger(true, 0);
        there.close();
        assertThat(failureOf(read)).isEqualTo(TransportFailure.LOST);
        assertThat(failureOf(here.write(new byte[] {1}))).isEqualTo(TransportFailure.LOST);
        assertThat(released.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void anEndIsRepeatedToEveryReader() throws Exception {
        there.getOutputStream().write(new byte[] {1, 2});
        there.shutdownOutput();
        assertThat(get(here.read())).containsExactly(1, 2);
        assertThat(failureOf(here.read())).isEqualTo(TransportFailure.CLOSED);
        assertThat(failureOf(here.read())).isEqualTo(TransportFailure.CLOSED);
        assertThat(failureOf(here.write(new byte[] {1}))).isEqualTo(TransportFailure.CLOSED);
    }

    @Test
    void nothingIsReadThatNobodyAskedFor() throws Exception {
        here.write(new byte[] {0});
        assertThat(there.getInputStream().read()).isZero();
        byte[] much = new byte[1 << 20];
        CompletableFuture<Void> sent = new CompletableFuture<>();
        runtime.blocking()
                .newThread(() -> {
                    try {
                        for (int i = 0; i < 32; i++) {
                            there.getOutputStream().write(much);
                        }
                        sent.complete(null);
                    } catch (IOException e) {
                        sent.completeExceptionally(e);
                    }
                })
                .start();
        assertThat(sent.completeOnTimeout(null, 300, TimeUnit.MILLISECONDS).isDone())
                .isFalse();
        for (long had = 0; had < 32L * much.length; ) {
            byte[] chunk = get(here.read());
            assertThat(chunk.length).isBetween(1, Connection.MAX_CHUNK_BYTES);
            had += chunk.length;
        }
    }

    @Test
    void writesOfAReaderThatNeverReadsAreBounded() throws Exception {
        List<CompletionStage<Void>> writes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            writes.add(here.write(new byte[1 << 20]));
        }
        assertThat(failureOf(writes.get(63))).isEqualTo(TransportFailure.LOCAL);
        assertThat(failureOf(here.read())).isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void closeFailsABlockedWriteAndFreesTheSocket() throws Exception {
        CompletionStage<Void> blocked = here.write(new byte[12 << 20]);
        CompletionStage<Void> queued = here.write(new byte[] {1});
        CompletionStage<byte[]> read = here.read();
        here.close();
        assertThat(failureOf(blocked)).isEqualTo(TransportFailure.LOCAL);
        assertThat(failureOf(queued)).isEqualTo(TransportFailure.LOCAL);
        assertThat(failureOf(read)).isEqualTo(TransportFailure.LOCAL);
        assertThat(released.await(20, TimeUnit.SECONDS))
                .as("though the other side never closes")
                .isTrue();
    }

    @Test
    void closeDeliversWhatWasWrittenThoughInputIsUnread() throws Exception {
        there.getOutputStream().write(new byte[100_000]);
        byte[] last = new byte[200_000];
        last[last.length - 1] = 77;
        CompletableFuture<byte[]> arrived = new CompletableFuture<>();
        runtime.blocking()
                .newThread(() -> {
                    try {
                        arrived.complete(there.getInputStream().readAllBytes());
                    } catch (IOException e) {
                        arrived.completeExceptionally(e);
                    }
                })
                .start();
        get(here.write(last));
        here.close();
        assertThat(arrived.get(10, TimeUnit.SECONDS)).isEqualTo(last);
    }

    @Test
    void aReaderMayReadAgainFromItsOwnCallback() throws Exception {
        CompletionStage<byte[]> second = here.read().thenCompose(first -> here.read());
        there.getOutputStream().write(1);
        there.getOutputStream().flush();
        there.getOutputStream().write(2);
        there.shutdownOutput();
        try {
            assertThat(get(second)).containsExactly(2);
        } catch (ExecutionException e) {
            // Both bytes came in one chunk.
            assertThat(e).hasCauseInstanceOf(TransportException.class);
        }
    }

    @Test
    void inboundConnectionsAreBoundedAndAFailingAcceptorHarmsOnlyItsOwn() throws Exception {
        OpenSockets sockets = new OpenSockets(runtime);
        Semaphore room = new Semaphore(2);
        BlockingQueue<Connection> accepted = new LinkedBlockingQueue<>();
        try (Inbound inbound = Inbound.open(
                Literal.loopback(0),
                sockets,
                room,
                connection -> {
                    accepted.add(connection);
                    if (accepted.size() == 1) {
                        throw new IllegalStateException("the first acceptor fails");
                    }
                },
                runtime)) {
            try (Socket first = to(inbound)) {
                assertThat(first.getInputStream().read()).isEqualTo(-1);
            }
            assertThat(room.tryAcquire(2, 20, TimeUnit.SECONDS)).isTrue();
            room.release(2);
            try (Socket second = to(inbound);
                    Socket third = to(inbound);
                    Socket fourth = to(inbound)) {
                assertThat(fourth.getInputStream().read()).as("one too many").isEqualTo(-1);
                sockets.close();
                assertThat(second.getInputStream().read()).isEqualTo(-1);
                assertThat(third.getInputStream().read()).isEqualTo(-1);
                assertThatThrownBy(sockets::requireOpen).isInstanceOf(TransportException.class);
            }
        }
    }

    private static Socket to(Inbound inbound) throws IOException {
        InetSocketAddress address = inbound.address();
        return new Socket(address.getAddress(), address.getPort());
    }
}
