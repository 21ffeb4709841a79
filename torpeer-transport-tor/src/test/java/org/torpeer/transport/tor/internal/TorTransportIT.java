package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import net.freehaven.tor.control.PasswordDigest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TransportContract;

/** The contract of transports, and what is Tor's own, on a private Tor network. */
@ExtendWith(SharedLab.class)
class TorTransportIT extends TransportContract {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static @Nullable Transport dialer;
    private static @Nullable Transport acceptor;

    @TempDir
    Path temporary;

    @BeforeAll
    static void open() {
        dialer = SharedLab.open(0, Map.of());
        acceptor = SharedLab.open(1, Map.of());
    }

    @AfterAll
    static void close() {
        opened(dialer).close();
        opened(acceptor).close();
    }

    @Override
    protected Transport dialer() {
        return opened(dialer);
    }

    @Override
    protected Transport acceptor() {
        return opened(acceptor);
    }

    @Override
    protected Transport disposable() {
        return SharedLab.open(1, Map.of());
    }

    @Override
    protected OnionKey newKey() {
        return SharedLab.newKey();
    }

    @Override
    protected Duration patience() {
        return PATIENCE;
    }

    /** Tor's circuit windows, and what a system lets the buffers of two local connections grow to: of Linux 38 MiB each. */
    @Override
    protected int moreThanBuffers() {
        return 256 << 20;
    }

    @Test
    void listensOncePerKey() {
        OnionKey key = newKey();
        ListenRequest request = new ListenRequest(key, Endpoint.DEFAULT_PORT);
        Listener first = await(acceptor().listen(request, Connection::close));
        assertThat(failureOf(acceptor().listen(request, Connection::close))).isEqualTo(TransportFailure.LOCAL);
        try (Transport other = disposable()) {
            assertThat(failureOf(other.listen(request, Connection::close))).isEqualTo(TransportFailure.LOCAL);
        }
        first.close();
        await(acceptor().listen(request, Connection::close)).close();
    }

    @Test
    void forwardsFurtherPortsToLocalServers() throws IOException {
        try (ServerSocket server = new ServerSocket()) {
            server.bind(Literal.loopback(0));
            InetSocketAddress local = (InetSocketAddress) server.getLocalSocketAddress();
            OnionKey key = newKey();
            ListenRequest request = new ListenRequest(key, Endpoint.DEFAULT_PORT, Map.of(80, local));
            HostDialer hosts = dialer().hostDialer().orElseThrow();
            try (Listener listener = await(acceptor().listen(request, Connection::close));
                    Socket there = hosts.connect(listener.endpoint().peer().toString(), 80, PATIENCE);
                    Socket here = server.accept()) {
                there.getOutputStream().write("ping".getBytes(StandardCharsets.US_ASCII));
                assertThat(here.getInputStream().readNBytes(4)).asString().isEqualTo("ping");
                here.getOutputStream().write("pong".getBytes(StandardCharsets.US_ASCII));
                assertThat(there.getInputStream().readNBytes(4)).asString().isEqualTo("pong");
            }
        }
    }

    @Test
    void hostDialerFailsTyped() {
        HostDialer hosts = dialer().hostDialer().orElseThrow();
        String unknown = newKey().id().toString();
        assertThatThrownBy(() -> hosts.connect(unknown, 80, PATIENCE))
                .asInstanceOf(type(TransportException.class))
                .extracting(TransportException::failure)
                .isEqualTo(TransportFailure.NOT_FOUND);
        String mistyped = (unknown.charAt(0) == 'a' ? 'b' : 'a') + unknown.substring(1);
        assertThatThrownBy(() -> hosts.connect(mistyped, 80, PATIENCE))
                .asInstanceOf(type(TransportException.class))
                .extracting(TransportException::failure)
                .isEqualTo(TransportFailure.BAD_ADDRESS);
    }

    @Test
    void aDialTimesOut() {
        Endpoint unknown = new Endpoint(newKey().id(), 1);
        assertThat(failureOf(dialer().dial(unknown, Duration.ofMillis(1))))
                .isIn(TransportFailure.TIMEOUT, TransportFailure.LOCAL);
    }

    @Test
    void anUnreachableSocksPortIsOurOwnFailure() throws IOException {
        InetSocketAddress nobody = Literal.loopback(freePort());
        assertThatThrownBy(() -> SharedLab.open(Map.of("socks", Literal.text(nobody))))
                .asInstanceOf(type(TransportException.class))
                .extracting(TransportException::failure)
                .isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void withoutControlItDialsButDoesNotListen() {
        InetSocketAddress socks = SharedLab.client(0).socks();
        try (Transport transport = SharedLab.open(Map.of("socks", Literal.text(socks)))) {
            assertThat(failureOf(transport.dial(new Endpoint(newKey().id(), 1), PATIENCE)))
                    .isEqualTo(TransportFailure.NOT_FOUND);
            assertThat(failureOf(transport.listen(new ListenRequest(newKey(), 1), Connection::close)))
                    .isEqualTo(TransportFailure.LOCAL);
        }
    }

    /** The service is set up over the control port here; in a torrc it is the same two lines. */
    @Test
    void usesAServiceThatTorWasConfiguredWith() throws IOException {
        SeededKey key = SharedLab.newKey();
        int port = freePort();
        Path service = serviceFolder(key);
        try (RawControl tor = RawControl.of(SharedLab.client(1).control())) {
            tor.ask("SETCONF HiddenServiceDir=\"" + service + "\" HiddenServicePort=\"7411 127.0.0.1:" + port + "\"");
            Map<String, String> settings = Map.of(
                    "socks",
                    Literal.text(SharedLab.client(1).socks()),
                    "service-dir",
                    service.toString(),
                    "service-target",
                    "127.0.0.1:" + port);
            try (Transport transport = SharedLab.open(settings)) {
                assertThat(failureOf(transport.listen(new ListenRequest(newKey(), 7411), Connection::close)))
                        .isEqualTo(TransportFailure.LOCAL);
                try (Listener listener =
                                await(transport.listen(new ListenRequest(key, 7411), TorTransportIT::echoOnce));
                        Connection dialed = dialUntilPublished(listener.endpoint())) {
                    await(dialed.write(new byte[] {42}));
                    assertThat(await(dialed.read())).containsExactly(42);
                }
            }
            tor.ask("RESETCONF HiddenServiceDir HiddenServicePort");
        }
    }

    private static void echoOnce(Connection connection) {
        CompletionStage<Void> unused = connection.read().thenCompose(connection::write);
    }

    private Connection dialUntilPublished(Endpoint endpoint) {
        Deadline deadline = Deadline.after(PATIENCE, SharedLab.runtime().loop());
        while (!deadline.passed()) {
            try {
                return dialer().dial(endpoint, PATIENCE).toCompletableFuture().join();
            } catch (CompletionException e) {

                assertThat(e).hasCauseInstanceOf(TransportException.class);
            }
        }
        throw new AssertionError("the configured service was not published within " + PATIENCE);
    }

    private Path serviceFolder(SeededKey key) throws IOException {
        Path folder = Folders.makePrivate(temporary.resolve("service"));
        byte[] file = new byte[96];
        byte[] header = "== ed25519v1-secret: type0 ==".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, file, 0, header.length);
        System.arraycopy(key.expanded(), 0, file, 32, 64);
        Files.write(folder.resolve("hs_ed25519_secret_key"), file);
        return folder;
    }

    @Test
    void authenticatesInEveryWay() throws IOException {
        InetSocketAddress control = SharedLab.client(0).control();
        for (ControlCredentials.Method method :
                Set.of(ControlCredentials.Method.COOKIE, ControlCredentials.Method.SAFECOOKIE)) {
            try (ControlClient client = connect(control, new ControlCredentials("", "", Set.of(method)))) {
                assertThat(client.getInfo("version")).contains("0.4");
            }
        }
        var password = PasswordDigest.generateDigest();
        String plain = HexFormat.of().formatHex(password.getSecret());
        var hashed = new PasswordDigest(plain.getBytes(StandardCharsets.UTF_8));
        try (RawControl tor = RawControl.of(control)) {
            tor.ask("SETCONF HashedControlPassword=" + hashed.getHashedPassword());
            try (ControlClient client = connect(control, ControlCredentials.of(plain, ""))) {
                assertThat(client.getInfo("version")).contains("0.4");
            }
            assertThatThrownBy(() -> connect(control, ControlCredentials.of("wrong", "")))
                    .hasMessageContaining("Authentication failed");
            tor.ask("RESETCONF HashedControlPassword");
        }
    }

    private static ControlClient connect(InetSocketAddress control, ControlCredentials credentials) {
        return ControlClient.connect(control, credentials, PATIENCE, SharedLab.runtime());
    }

    @Test
    void anotherCookieIsRefusedWithoutBeingSent() throws IOException {
        Path wrong = Files.write(temporary.resolve("cookie"), new byte[32]);
        assertThatThrownBy(() -> connect(SharedLab.client(0).control(), ControlCredentials.of("", wrong.toString())))
                .hasMessageContaining("does not know the cookie");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(Literal.loopback(0));
            return socket.getLocalPort();
        }
    }

    private static Transport opened(@Nullable Transport transport) {
        if (transport == null) {
            throw new IllegalStateException("not opened");
        }
        return transport;
    }

    /** A control connection for what the transport never does. */
    private record RawControl(Socket socket) implements AutoCloseable {
        static RawControl of(InetSocketAddress address) throws IOException {
            Socket socket = new Socket();
            socket.connect(address);
            RawControl control = new RawControl(socket);
            ControlCredentials.of("", "")
                    .authenticate(control.wire(), SharedLab.runtime().random());
            return control;
        }

        void ask(String command) throws IOException {
            wire().ask(command);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }

        private ControlWire wire() throws IOException {
            return new ControlWire(
                    socket, Deadline.after(PATIENCE, SharedLab.runtime().loop()));
        }
    }
}
