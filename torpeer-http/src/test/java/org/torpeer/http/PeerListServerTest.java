package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.testkit.TestSeed;

class PeerListServerTest {
    private static final String PEERS = "/torpeer/v1/peers";

    private final Random random = TestSeed.random("PeerListServerTest");
    private final NodeRuntime runtime = NodeRuntime.system("server-test");
    private volatile List<SignedPeerRecord> records = Records.of(3, random);
    private PeerListServer server = start();

    @BeforeEach
    void listensOnLoopback() {
        assertThat(server.address().getAddress().isLoopbackAddress()).isTrue();
        assertThat(server.address().getPort()).isPositive();
    }

    @AfterEach
    void close() {
        server.close();
        server.close();
        runtime.close();
    }

    @Test
    void jsonUnlessProtobufIsPreferred() throws IOException {
        String json = ask("GET", PEERS, "");
        String protobuf = ask("GET", PEERS, "Accept: application/x-protobuf\r\n");

        assertThat(json).startsWith("HTTP/1.1 200 OK\r\n").containsIgnoringCase("content-type: application/json\r\n");
        assertThat(PeerListJson.decode(body(json))).isEqualTo(records);
        assertThat(protobuf).containsIgnoringCase("content-type: application/x-protobuf\r\n");
        assertThat(PeerListCodec.decode(body(protobuf))).isEqualTo(records);
        assertThat(List.of(json, protobuf))
                .allSatisfy(answer -> assertThat(answer)
                        .containsIgnoringCase("cache-control: no-store\r\n")
                        .containsIgnoringCase("x-content-type-options: nosniff\r\n")
                        .containsIgnoringCase("connection: close\r\n"));
    }

    @Test
    void anEmptyListIsServed() throws IOException {
        records = List.of();

        assertThat(PeerListJson.decode(body(ask("GET", PEERS, "")))).isEmpty();
        assertThat(ask("GET", PEERS, "Accept: application/x-protobuf\r\n"))
                .containsIgnoringCase("content-length: 0\r\n")
                .endsWith("\r\n\r\n");
    }

    @Test
    void theFirst128AreServed() throws IOException {
        records = Records.of(130, random);

        assertThat(PeerListJson.decode(body(ask("GET", PEERS, "")))).isEqualTo(records.subList(0, 128));
    }

    @Test
    void headIsGetWithoutTheBody() throws IOException {
        String get = ask("GET", PEERS, "");

        assertThat(ask("HEAD", PEERS, ""))
                .startsWith("HTTP/1.1 200 OK\r\n")
                .containsIgnoringCase("content-length: " + body(get).length + "\r\n")
                .containsIgnoringCase("content-type: application/json\r\n")
                .endsWith("\r\n\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?network=the+list%27s+network", "?", "?other=1&network=the%20list's%20network", "?network"})
    void theNetworkMayBeNamed(String query) throws IOException {
        assertThat(ask("GET", PEERS + query, "")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PEERS + "?network=",
                PEERS + "?network=other",
                PEERS + "?network=%80",
                PEERS + "?network=the+list%27s+network&network=other",
                PEERS + "/",
                PEERS + "/more",
                PEERS + "x",
                "/torpeer/v1",
                "/",
                "/torpeer/v1/../v1/peers",
                "//torpeer/v1/peers"
            })
    void othersAreNotFound(String path) throws IOException {
        String answer = ask("GET", path, "");

        assertThat(answer).startsWith("HTTP/1.1 404 Not Found\r\n");
        assertThat(new String(body(answer), StandardCharsets.US_ASCII)).matches("\\{\"error\":\"[^\"]+\"}\n");
    }

    @Test
    void urlsThatAreNoneAreBadRequests() throws IOException {
        assertThat(ask("GET", PEERS + "?network=%zz", "")).startsWith("HTTP/1.1 400 ");
    }

    @Test
    void anAddressThatIsNoneIsATypedError() {
        assertThatExceptionOfType(TorPeerException.class)
                .isThrownBy(() -> PeerListServer.start(
                        InetSocketAddress.createUnresolved("h.example", 0),
                        Records.NETWORK,
                        () -> records,
                        runtime.blocking()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "OPTIONS", "TRACE", "get", "X"})
    void otherMethodsAreNotAllowed(String method) throws IOException {
        assertThat(ask(method, PEERS, "Content-Length: 0\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("allow: GET, HEAD\r\n");
    }

    @Test
    void otherTypesAreNotAcceptable() throws IOException {
        assertThat(ask("GET", PEERS, "Accept: text/html\r\n")).startsWith("HTTP/1.1 406 ");
        assertThat(ask("HEAD", PEERS, "Accept: text/html\r\n"))
                .startsWith("HTTP/1.1 406 ")
                .endsWith("\r\n\r\n");
    }

    @Test
    void aFailingSourceIsNotShown() throws IOException {
        server.close();
        server = PeerListServer.start(
                loopback(),
                Records.NETWORK,
                () -> {
                    throw new IllegalStateException("secret");
                },
                runtime.blocking());

        assertThat(ask("GET", PEERS, "")).startsWith("HTTP/1.1 500 ").doesNotContain("secret");
    }

    @Test
    void bodiesAreNotWaitedFor() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET " + PEERS + " HTTP/1.1\r\nHost: h\r\nContent-Length: 1000000000\r\n\r\n");

            HttpResponse response = HttpResponse.read(socket.getInputStream());
            assertThat(PeerListJson.decode(response.body(PeerListCodec.MAX_BYTES)))
                    .isEqualTo(records);
        }
    }

    @Test
    void anAddressThatIsTakenIsATypedError() {
        assertThatExceptionOfType(TorPeerException.class)
                .isThrownBy(() ->
                        PeerListServer.start(server.address(), Records.NETWORK, () -> records, runtime.blocking()))
                .withMessageContaining("choose an address");
    }

    @Test
    void stalledClientsDoNotKeepOthersOut() throws IOException {
        List<String> beginnings = List.of("", "GET /torp", "POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n");
        List<Socket> stalled = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = connect();
                stalled.add(socket);
                send(socket, beginnings.get(i % beginnings.size()));
            }

            URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + PEERS);
            PeerListClient client = new PeerListClient(runtime);
            // Less than the time-out of a stalled header.
            assertThat(client.fetch(url, client.direct(), Duration.ofMillis(2500)))
                    .isEqualTo(records);
        } finally {
            for (Socket socket : stalled) {
                socket.close();
            }
        }
    }

    @Test
    void aHeaderMustComeInTime() throws IOException {
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\nHost:");

            assertThat(rest(socket)).isEmpty();
        }
    }

    @Test
    void garbageIsRefusedAndTheServerLives() throws IOException {
        for (int i = 0; i < 200; i++) {
            byte[] garbage = new byte[1 + random.nextInt(300)];
            random.nextBytes(garbage);
            try (Socket socket = connect()) {
                socket.getOutputStream().write(garbage);
                socket.getOutputStream().write("\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
        }
        try (Socket socket = connect()) {
            send(socket, "GET / HTTP/1.1\r\n" + "A: b\r\n".repeat(100_000));
        } catch (SocketException e) {
            // Cut off while still sending.
        }

        assertThat(ask("GET", PEERS, "")).startsWith("HTTP/1.1 200 OK\r\n");
    }

    private PeerListServer start() {
        return PeerListServer.start(loopback(), Records.NETWORK, () -> records, runtime.blocking());
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private String ask(String method, String path, String fields) throws IOException {
        try (Socket socket = connect()) {
            send(socket, method + " " + path + " HTTP/1.1\r\nHost: h\r\n" + fields + "\r\n");
            return rest(socket);
        }
    }

    private Socket connect() throws IOException {
        Socket socket =
                new Socket(server.address().getAddress(), server.address().getPort());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String rest(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }

    private static byte[] body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.ISO_8859_1);
    }
}
