package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.http.PeerListException.Reason;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.testkit.TestSeed;

class PeerListClientTest {
    private static final URI URL = URI.create("http://seed.example/torpeer/v1/peers?network=n");
    private static final String ONION = "25njqamcweflpvkl73j4szahhihoc4xt3ktcgjnpaingr5yhkenl5sid.onion";
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";

    private final Random random = TestSeed.random("PeerListClientTest");
    private final NodeRuntime runtime = NodeRuntime.system("client-test");
    private final PeerListClient client = new PeerListClient(runtime);
    private final List<SignedPeerRecord> records = Records.of(5, random);

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void fetchesFromTheServer() {
        List<SignedPeerRecord> many = Records.of(128, random);
        InetSocketAddress loopback = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        try (PeerListServer server = PeerListServer.start(loopback, Records.NETWORK, () -> many, runtime.blocking())) {
            URI url = URI.create("http://127.0.0.1:" + server.address().getPort() + PeerListServer.PATH);

            assertThat(client.fetch(url, client.direct(), LONG)).isEqualTo(many);
            PeerListException other = refused(URI.create(url + "?network=other"), client.direct());
            assertThat(other.reason()).isEqualTo(Reason.HTTP_STATUS);
            assertThat(other).hasMessageContaining("404");
        }
    }

    @Test
    void theRequestSaysOnlyWhatIsNeeded() throws Exception {
        BlockingQueue<String> requests = new LinkedBlockingQueue<>();
        try (ScriptedServer server = ScriptedServer.of(socket -> {
            requests.add(ScriptedServer.request(socket));
            socket.getOutputStream().write(json(PeerListJson.encode(records)));
        })) {
            assertThat(client.fetch(URL, server.dialer(), LONG)).isEqualTo(records);
            URI onion = URI.create("http://" + ONION + ":8080/x");
            assertThat(client.fetch(onion, server.dialer(), LONG)).isEqualTo(records);

            assertThat(server.names()).containsExactly("seed.example 80", ONION + " 8080");
            assertThat(requests.take())
                    .isEqualTo("GET /torpeer/v1/peers?network=n HTTP/1.1\nHost: seed.example\n"
                            + "Accept: application/x-protobuf, application/json;q=0.9\n"
                            + "Accept-Encoding: identity\nConnection: close\n");
            assertThat(requests.take()).startsWith("GET /x HTTP/1.1\nHost: " + ONION + ":8080\n");
        }
    }

    @Test
    void theContentTypeDecides() throws IOException {
        byte[] json = PeerListJson.encode(records);
        byte[] protobuf = PeerListCodec.encode(records);

        assertThat(fetch(answer("Content-Type: Application/JSON; charset=utf-8\r\n", json)))
                .isEqualTo(records);
        assertThat(fetch(answer("Content-Type: application/x-protobuf\r\n", protobuf)))
                .isEqualTo(records);
        assertThat(fetch(answer("Content-Type: application/x-protobuf\r\n", new byte[0])))
                .isEmpty();
        assertThat(refusal(answer("Content-Type: application/x-protobuf\r\n", json)))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(answer("Content-Type: application/json\r\n", protobuf)))
                .isEqualTo(Reason.MALFORMED);
        assertThat(refusal(answer("Content-Type: text/html\r\n", json))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(answer("", json))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void chunksAreJoined() throws IOException {
        String json = new String(PeerListJson.encode(records), StandardCharsets.US_ASCII);
        String chunked = JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"
                + Integer.toHexString(json.length() - 1) + "\r\n" + json.substring(1) + "\r\n0\r\n\r\n";

        assertThat(fetch(chunked.getBytes(StandardCharsets.US_ASCII))).isEqualTo(records);
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 301, 302, 307, 401, 404, 406, 500, 503})
    void anyOtherStatusIsAnErrorThatNamesIt(int status) throws IOException {
        try (ScriptedServer elsewhere = ScriptedServer.answering(json(PeerListJson.encode(records)));
                ScriptedServer server = ScriptedServer.answering(
                        "HTTP/1.1 " + status + " \r\nLocation: " + elsewhere.url("/") + "\r\n\r\n")) {
            PeerListException refusal = refused(URL, server.dialer());

            assertThat(refusal.reason()).isEqualTo(Reason.HTTP_STATUS);
            assertThat(refusal).hasMessageContaining(Integer.toString(status)).hasMessageContaining("seed.example");
            assertThat(server.names()).hasSize(1);
        }
    }

    @Test
    void compressedAnswersAreRefused() throws IOException {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[10_000_000]);
        }
        String head = "Content-Type: application/json\r\nContent-Encoding: gzip\r\n";

        assertThat(refusal(answer(head, bomb.toByteArray()))).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void bombsAreTypedErrors() throws IOException {
        assertThat(refusal(json(new byte[1_000_000]))).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(text(JSON_HEAD + "\r\n" + " ".repeat(1_000_000)))).isEqualTo(Reason.TOO_LARGE);
        assertThat(refusal(json(text("[".repeat(200_000))))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(json(text("{\"records\":1e20000000}")))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(json(text("{\"records\":[],\"records\":[]}")))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(text(JSON_HEAD + "Content-Length: 100\r\n\r\n{}"))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(text("220 mail.example ESMTP\r\n"))).isEqualTo(Reason.MALFORMED);
        assertThat(refusal(new byte[0])).isEqualTo(Reason.MALFORMED);
    }

    @Test
    void endlessAnswersAreCutOff() throws IOException {
        assertThat(endless("HTTP/1.1 200 OK\r\n", "A: b\r\n")).isEqualTo(Reason.TOO_LARGE);
        assertThat(endless("", "HTTP/1.1 200 OK")).isEqualTo(Reason.TOO_LARGE);
        assertThat(endless(JSON_HEAD + "\r\n", " ")).isEqualTo(Reason.TOO_LARGE);
        assertThat(endless(JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(endless(JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n1;", "x"))
                .isEqualTo(Reason.TOO_LARGE);
        assertThat(endless(JSON_HEAD + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "T: t\r\n"))
                .isEqualTo(Reason.TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\nA: ",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 200000\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
            })
    void dribblingDoesNotPutOffTheEnd(String begin) throws IOException {
        try (ScriptedServer server = ScriptedServer.of(socket -> {
            ScriptedServer.request(socket);
            dribble(socket, text(begin));
        })) {
            assertThat(timedOut(URL, server.dialer())).isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void dribblingInTheTlsHandshakeDoesNotEither() throws IOException {
        // A handshake record that announces 16 KiB.
        byte[] record = {0x16, 3, 3, 0x40, 0};
        try (ScriptedServer server = ScriptedServer.of(socket -> dribble(socket, record))) {
            assertThat(timedOut(URI.create("https://seed.example/"), server.dialer()))
                    .isEqualTo(Reason.TIMEOUT);
        }
    }

    @Test
    void silenceEndsToo() throws IOException {
        CountDownLatch end = new CountDownLatch(1);
        try (ScriptedServer server = ScriptedServer.of(socket -> await(end))) {
            assertThat(timedOut(URL, server.dialer())).isEqualTo(Reason.TIMEOUT);
            runtime.close();
            assertThat(timedOut(URL, server.dialer())).isEqualTo(Reason.TIMEOUT);
        } finally {
            end.countDown();
        }
    }

    @Test
    void failuresOfTheDialerAreTyped() throws IOException {
        HostDialer slow = (host, port, timeout) -> {
            throw new TransportException(TransportFailure.TIMEOUT, "too slow");
        };
        HostDialer absent = (host, port, timeout) -> {
            throw new TransportException(TransportFailure.NOT_FOUND, "not there");
        };
        int closed;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = listener.getLocalPort();
        }

        assertThat(refused(URL, slow).reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(refused(URL, absent).reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(refused(URI.create("http://127.0.0.1:" + closed + "/"), client.direct())
                        .reason())
                .isEqualTo(Reason.UNREACHABLE);
    }

    @Test
    void aResetIsUnreachable() throws IOException {
        try (ScriptedServer server = ScriptedServer.of(socket -> {
            ScriptedServer.request(socket);
            socket.setSoLinger(true, 0);
            socket.close();
        })) {
            assertThat(refused(URL, server.dialer()).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void onionServicesAreNeverDialedDirectly() {
        PeerListException refusal = refused(URI.create("http://" + ONION + "/"), client.direct());

        assertThat(refusal.reason()).isEqualTo(Reason.BAD_URL);
        assertThat(refusal).hasMessageContaining("Tor");
        for (String name : List.of(ONION, ONION + ".", "www." + ONION, "Short.Onion")) {
            assertThatExceptionOfType(TransportException.class)
                    .isThrownBy(() -> client.direct().connect(name, 80, LONG))
                    .matches(e -> e.failure() == TransportFailure.BAD_ADDRESS);
        }
    }

    @Test
    void callsThatCannotWorkAreRefused() throws InterruptedException {
        BlockingQueue<Throwable> thrown = new LinkedBlockingQueue<>();
        runtime.loop().execute(() -> {
            try {
                client.fetch(URL, client.direct(), LONG);
            } catch (IllegalStateException e) {
                thrown.add(e);
            }
        });

        assertThat(thrown.poll(10, TimeUnit.SECONDS)).hasMessageContaining("another thread");
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> client.fetch(URL, client.direct(), Duration.ZERO));
        assertThat(refused(URI.create("ftp://h.example/"), client.direct()).reason())
                .isEqualTo(Reason.BAD_URL);
    }

    private List<SignedPeerRecord> fetch(byte[] answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer)) {
            return client.fetch(URL, server.dialer(), LONG);
        }
    }

    private Reason refusal(byte[] answer) throws IOException {
        try (ScriptedServer server = ScriptedServer.answering(answer)) {
            return refused(URL, server.dialer()).reason();
        }
    }

    private Reason endless(String begin, String more) throws IOException {
        byte[] block = text(more.repeat(1000));
        try (ScriptedServer server = ScriptedServer.of(socket -> {
            ScriptedServer.request(socket);
            socket.getOutputStream().write(text(begin));
            while (!socket.isClosed()) {
                socket.getOutputStream().write(block);
            }
        })) {
            return refused(URL, server.dialer()).reason();
        }
    }

    private Reason timedOut(URI url, HostDialer dialer) {
        return Assertions.assertTimeout(
                Duration.ofSeconds(5),
                () -> catchThrowableOfType(
                                PeerListException.class, () -> client.fetch(url, dialer, Duration.ofMillis(300)))
                        .reason());
    }

    private PeerListException refused(URI url, HostDialer dialer) {
        PeerListException refusal =
                catchThrowableOfType(PeerListException.class, () -> client.fetch(url, dialer, LONG));
        assertThat(refusal).isNotNull();
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
        return refusal;
    }

    /** A byte every 20 ms, as long as the client takes them. */
    private static void dribble(Socket socket, byte[] begin) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(begin);
        try {
            while (true) {
                out.write(' ');
                Thread.sleep(20);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] json(byte[] body) {
        return answer("Content-Type: application/json\r\n", body);
    }

    private static byte[] answer(String fields, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.writeBytes(text("HTTP/1.1 200 OK\r\n" + fields + "Content-Length: " + body.length + "\r\n\r\n"));
        answer.writeBytes(body);
        return answer.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
