package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;

/** A tor that somebody else runs on a private network is killed, and started again as it was. */
@ExtendWith(SharedLab.class)
@Timeout(300)
class TorRestartIT {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path temporary;

    @Test
    void aListenerCanBeDialedAgainAfterTorWasKilledAndStartedAgain() throws Exception {
        int control = freePort();
        TorProcess first = start(control);
        try (Transport acceptor = untilItWorks(() -> SharedLab.open(Map.of(
                        "control",
                        "127.0.0.1:" + control,
                        "cookie",
                        first.cookie().toString())));
                Transport dialer = SharedLab.open(0, Map.of())) {
            Listener listener = join(acceptor.listen(
                    new ListenRequest(SharedLab.newKey(), Endpoint.DEFAULT_PORT), TorRestartIT::echoOnce));
            assertEchoes(dialer, listener);
            assertThat(ProcessHandle.of(first.pid()).orElseThrow().destroyForcibly())
                    .isTrue();
            first.close();

            try (TorProcess second = start(control)) {
                assertEchoes(dialer, listener);
                assertThat(second.pid()).isNotEqualTo(first.pid());
            }
        } finally {
            first.close();
        }
    }

    private static void assertEchoes(Transport dialer, Listener listener) {
        byte[] answer = untilItWorks(() -> {
            try (Connection dialed = join(dialer.dial(listener.endpoint(), PATIENCE))) {
                join(dialed.write(new byte[] {42}));
                return join(dialed.read());
            }
        });
        assertThat(answer).containsExactly(42);
    }

    private static void echoOnce(Connection connection) {
        CompletionStage<Void> unused = connection.read().thenCompose(connection::write);
    }

    /** As long as it fails the way a transport does. */
    private static <T> T untilItWorks(Supplier<T> work) {
        Deadline deadline =
                Deadline.after(PATIENCE.multipliedBy(2), SharedLab.runtime().loop());
        try (ControlClient pacemaker = ControlClient.connect(
                SharedLab.client(0).control(), ControlCredentials.of("", ""), PATIENCE, SharedLab.runtime())) {
            while (true) {
                try {
                    return work.get();
                } catch (TransportException e) {
                    if (deadline.passed()) {
                        throw e;
                    }
                    pacemaker.pause(Duration.ofMillis(200));
                }
            }
        }
    }

    private static <T> T join(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TransportException failure) {
                throw failure;
            }
            throw e;
        }
    }

    /** A further client of the lab's network, whose control port stays the same from one start to the next. */
    private TorProcess start(int control) throws IOException {
        Torrc torrc = new Torrc()
                .all(networkOf(SharedLab.folder()))
                .set("SocksPort", "127.0.0.1:auto ExtendedErrors")
                .set("ControlPort", "127.0.0.1:" + control);
        return TorProcess.start(
                TorBinary.packaged(temporary.resolve("packaged")),
                temporary.resolve("external"),
                torrc,
                SharedLab.runtime());
    }

    private static List<String> networkOf(Path lab) throws IOException {
        try (Stream<Path> files = Files.walk(lab)) {
            Path client = files.filter(path -> path.endsWith("client0/torrc"))
                    .findFirst()
                    .orElseThrow();
            return Files.readAllLines(client).stream()
                    .filter(line -> line.startsWith("DirAuthority ")
                            || line.startsWith("TestingTorNetwork ")
                            || line.startsWith("ShutdownWaitLength ")
                            || line.startsWith("Schedulers "))
                    .toList();
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Literal.loopback(0));
            return socket.getLocalPort();
        }
    }
}
