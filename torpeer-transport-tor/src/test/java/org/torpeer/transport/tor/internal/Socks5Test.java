package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.testkit.TestSeed;

class Socks5Test {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final NodeRuntime runtime = NodeRuntime.system("socks-test");
    private final Isolation isolation = new Isolation(TestSeed.random("Socks5Test"));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void connectsByNameWithCredentialsAndLeavesTheStreamUntouched() throws IOException {
        try (ScriptedServer server = server(talk -> {
                    introduced(talk);
                    request(talk, "example.onion");
                    talk.say(5, 0, 0, 1, 127, 0, 0, 1, 0x1f, 0x90, 'h', 'i');
                    talk.silence();
                });
                Socket socket = connect(server, "example.onion", LONG)) {
            assertThat(socket.getInputStream().readNBytes(2)).asString().isEqualTo("hi");
            assertThat(server.heard().get(0)).containsExactly(5, 1, 2);
            assertThat(server.heard().get(1))
                    .asString(StandardCharsets.US_ASCII)
                    .hasSize(67);
            assertThat(server.heard().get(2)).startsWith(5, 1, 0, 3, 13).endsWith(0x1c, 0xf3);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void acceptsEveryTypeOfBoundAddress(int type) throws IOException {
        int length = type == 1 ? 4 : 16;
        try (ScriptedServer server = server(talk -> {
                    introduced(talk);
                    request(talk, "a.onion");
                    talk.say(5, 0, 0, type);
                    if (type == 3) {
                        talk.say(length);
                    }
                    talk.say(new int[length + 2]);
                    talk.say('!');
                    talk.silence();
                });
                Socket socket = connect(server, "a.onion", LONG)) {
            assertThat(socket.getInputStream().read()).isEqualTo('!');
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0x01, UNREACHABLE",
        "0x02, REFUSED",
        "0x03, UNREACHABLE",
        "0x04, UNREACHABLE",
        "0x05, REFUSED",
        "0x06, TIMEOUT",
        "0x07, LOCAL",
        "0x08, LOCAL",
        "0x09, UNREACHABLE",
        "0xEF, UNREACHABLE",
        "0xF0, NOT_FOUND",
        "0xF1, BAD_DESCRIPTOR",
        "0xF2, UNREACHABLE",
        "0xF3, UNREACHABLE",
        "0xF4, UNAUTHORIZED",
        "0xF5, UNAUTHORIZED",
        "0xF6, BAD_ADDRESS",
        "0xF7, TIMEOUT",
        "0xF8, UNREACHABLE",
        "0xFF, UNREACHABLE"
    })
    void typesEveryReplyCode(String code, TransportFailure expected) throws IOException {
        assertThat(failure(
                        talk -> {
                            introduced(talk);
                            request(talk, "a.onion");
                            talk.say(5, Integer.decode(code), 0, 1, 0, 0, 0, 0, 0, 0);
                        },
                        LONG))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 9})
    void aTruncatedReplyIsOurTorsFailure(int length) throws IOException {
        int[] whole = {5, 0, 0, 1, 0, 0, 0, 0, 0, 0};
        assertThat(failure(
                        talk -> {
                            introduced(talk);
                            request(talk, "a.onion");
                            talk.say(Arrays.copyOf(whole, length));
                        },
                        LONG))
                .isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void garbageIsOurTorsFailure() throws IOException {
        Random random = TestSeed.random("Socks5Test.garbage");
        for (int i = 0; i < 50; i++) {
            int[] garbage = random.ints(random.nextInt(1, 40), 0, 256).toArray();
            garbage[0] = garbage[0] == 5 ? 4 : garbage[0];
            assertThat(failure(talk -> talk.say(garbage), LONG)).isEqualTo(TransportFailure.LOCAL);
            assertThat(failure(
                            talk -> {
                                introduced(talk);
                                request(talk, "a.onion");
                                talk.say(garbage);
                            },
                            LONG))
                    .isEqualTo(TransportFailure.LOCAL);
        }
    }

    @Test
    void anAddressOfUnknownTypeIsOurTorsFailure() throws IOException {
        assertThat(failure(
                        talk -> {
                            introduced(talk);
                            request(talk, "a.onion");
                            talk.say(5, 0, 0, 2, 0, 0, 0, 0, 0, 0);
                        },
                        LONG))
                .isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void aServerWithoutCredentialsIsNotTor() throws IOException {
        assertThat(failure(
                        talk -> {
                            talk.hear(3);
                            talk.say(5, 0xff);
                        },
                        LONG))
                .isEqualTo(TransportFailure.LOCAL);
        assertThat(failure(
                        talk -> {
                            talk.hear(3);
                            talk.say(5, 2);
                            talk.hear(67);
                            talk.say(1, 1);
                        },
                        LONG))
                .isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void silenceBeforeTheRequestIsOurs() throws IOException {
        assertThat(failure(ScriptedServer.Talk::silence, SHORT)).isEqualTo(TransportFailure.LOCAL);
    }

    @Test
    void silenceAfterTheRequestIsATimeout() throws IOException {
        assertThat(failure(
                        talk -> {
                            introduced(talk);
                            request(talk, "a.onion");
                            talk.silence();
                        },
                        SHORT))
                .isEqualTo(TransportFailure.TIMEOUT);
    }

    @Test
    void dribbledBytesDoNotExtendTheDeadline() throws IOException {
        long start = runtime.loop().nanoTime();
        assertThat(failure(
                        talk -> {
                            introduced(talk);
                            request(talk, "a.onion");
                            talk.say(5, 0, 0, 3, 255);
                            talk.dribble(1, 50);
                        },
                        SHORT))
                .isEqualTo(TransportFailure.TIMEOUT);
        assertThat(Duration.ofNanos(runtime.loop().nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aMissingServerIsOurs() throws IOException {
        Socks5 socks;
        try (ServerSocket gone = new ServerSocket()) {
            gone.bind(Literal.loopback(0));
            socks = new Socks5(Literal.loopback(gone.getLocalPort()));
        }
        assertThatThrownBy(() -> socks.connect("a.onion", 1, isolation.of("a"), deadline(LONG), opened -> {}))
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.failure()).isEqualTo(TransportFailure.LOCAL));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\r\nb", "\u0000", "\u00e9.onion"})
    void namesThatSocksCannotCarryAreRefused(String name) throws IOException {
        try (ScriptedServer server = server(ScriptedServer.Talk::silence)) {
            assertThatThrownBy(() -> connect(server, name, LONG))
                    .isInstanceOfSatisfying(
                            TransportException.class,
                            e -> assertThat(e.failure()).isEqualTo(TransportFailure.BAD_ADDRESS));
            assertThatThrownBy(() -> connect(server, "a".repeat(256), LONG)).isInstanceOf(TransportException.class);
        }
    }

    @Test
    void credentialsTellDestinationsAndTransportsApart() {
        Isolation other = new Isolation(TestSeed.random("Socks5Test.other"));
        Isolation.Credentials first = isolation.of("a.onion");
        assertThat(isolation.of("a.onion")).isEqualTo(first);
        assertThat(isolation.of("b.onion")).isNotEqualTo(first);
        assertThat(other.of("a.onion")).isNotEqualTo(first);
        assertThat(first.user()).hasSize(32).isNotEqualTo(first.password());
        isolation.renew();
        assertThat(isolation.of("a.onion")).isNotEqualTo(first);
    }

    private ScriptedServer server(ScriptedServer.Script script) throws IOException {
        return new ScriptedServer(runtime.blocking(), script);
    }

    private static void introduced(ScriptedServer.Talk talk) throws IOException {
        talk.hear(3);
        talk.say(5, 2);
        talk.hear(67);
        talk.say(1, 0);
    }

    private static void request(ScriptedServer.Talk talk, String host) throws IOException {
        talk.hear(7 + host.length());
    }

    private Socket connect(ScriptedServer server, String host, Duration timeout) {
        return new Socks5(server.address()).connect(host, 7411, isolation.of(host), deadline(timeout), opened -> {});
    }

    private Deadline deadline(Duration timeout) {
        return Deadline.after(timeout, runtime.loop());
    }

    private TransportFailure failure(ScriptedServer.Script script, Duration timeout) throws IOException {
        try (ScriptedServer server = server(script)) {
            TransportException failure =
                    catchThrowableOfType(TransportException.class, () -> connect(server, "a.onion", timeout));
            assertThat(failure).isNotNull();
            assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
            return failure.failure();
        }
    }
}
