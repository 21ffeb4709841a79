package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

@Timeout(30)
class ControlClientTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final NodeRuntime runtime = NodeRuntime.system("control-test");

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void asksAndHearsEvents() throws IOException, InterruptedException {
        try (ScriptedServer server = server(talk -> {
                    authenticated(talk);
                    talk.hearLine();
                    talk.say("250-version=0.4.8.1\r\n250 OK\r\n650 HS_DESC UPLOADED abc UNKNOWN dir\r\n");
                    talk.silence();
                });
                ControlClient client = connect(server)) {
            BlockingQueue<String> events = new LinkedBlockingQueue<>();
            client.listen((type, message) -> {
                throw new IllegalStateException("a broken listener must not silence the others");
            });
            client.listen((type, message) -> events.add(type + " " + message));
            assertThat(client.getInfo("version")).isEqualTo("0.4.8.1");
            assertThat(events.poll(5, TimeUnit.SECONDS)).isEqualTo("HS_DESC UPLOADED abc UNKNOWN dir");
        }
    }

    @Test
    void aResetFailsTheCommandUnderWayAndEveryLaterOne() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (ScriptedServer server = server(talk -> {
                    authenticated(talk);
                    talk.hearLine();
                    talk.resetOnClose();
                });
                ControlClient client = connect(server)) {
            client.onEnd(told::countDown);
            assertLocal(() -> client.getInfo("version"));
            assertThat(told.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(client.isEnded()).isTrue();
            assertLocal(() -> client.getInfo("version"));
            assertLocal(() -> client.pause(Duration.ofSeconds(20)));
        }
    }

    @Test
    void aRefusalIsTypedAndKeepsTheConnection() throws IOException {
        try (ScriptedServer server = server(talk -> {
                    authenticated(talk);
                    talk.hearLine();
                    talk.say("550 Onion address collision\r\n");
                    talk.hearLine();
                    talk.say("250-version=1\r\n250 OK\r\n");
                    talk.silence();
                });
                ControlClient client = connect(server)) {
            assertThatThrownBy(() -> client.addOnion("a2V5", Map.of(80, Literal.loopback(1))))
                    .isInstanceOf(TransportException.class)
                    .hasMessageContaining("collision");
            assertThat(client.getInfo("version")).isEqualTo("1");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "version\r\nSIGNAL HALT", "version\nSIGNAL HALT", "a b", "a\"b", "a\\b", "a\u0000", "\u00e9"
            })
    void argumentsCannotSmuggleCommands(String argument) throws IOException {
        try (ScriptedServer server = server(talk -> {
                    authenticated(talk);
                    talk.hearLine();
                });
                ControlClient client = connect(server)) {
            int before = server.heard().size();
            assertThatThrownBy(() -> client.getInfo(argument)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> client.delOnion(argument)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> client.addOnion(argument, Map.of())).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> client.setEvents(List.of(argument))).isInstanceOf(InvalidInputException.class);
            assertThat(server.heard()).hasSize(before);
        }
    }

    @Test
    void aSilentServerIsGivenUp() throws IOException {
        try (ScriptedServer server = server(ScriptedServer.Talk::silence)) {
            assertLocal(() -> ControlClient.connect(server.address(), ControlCredentials.of("", ""), SHORT, runtime));
        }
    }

    @Test
    void aDribblingServerIsGivenUp() throws IOException {
        try (ScriptedServer server = server(talk -> talk.dribble('2', 20))) {
            assertLocal(() -> ControlClient.connect(server.address(), ControlCredentials.of("", ""), SHORT, runtime));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "250-AUTH\r\n250 OK\r\n",
                "250-AUTH METHODS=HASHEDPASSWORD\r\n250 OK\r\n",
                "250-AUTH METHODS=COOKIE\r\n250 OK\r\n",
                "250-AUTH METHODS=COOKIE COOKIEFILE=\"/does/not/exist\"\r\n250 OK\r\n",
                "250-AUTH METHODS=COOKIE COOKIEFILE=\"/a\\000b\"\r\n250 OK\r\n",
                "250-AUTH METHODS=COOKIE COOKIEFILE=\"\\\r\n250 OK\r\n",
                "514 Authentication required.\r\n",
                "\r\n"
            })
    void whatCannotBeAuthenticatedToIsTyped(String reply) throws IOException {
        try (ScriptedServer server = server(talk -> {
            talk.hearLine();
            talk.say(reply);
        })) {
            assertLocal(() -> connect(server).close());
        }
    }

    @Test
    void aReplyWithoutEndIsGivenUp() throws IOException {
        try (ScriptedServer server = server(talk -> {
            talk.hearLine();
            while (true) {
                talk.say("250-X\r\n");
            }
        })) {
            assertLocal(() -> connect(server).close());
        }
    }

    /** A server that names another file as its cookie must not get that file's contents. */
    @Test
    void onlyFilesOfACookiesLengthAreSent() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "not a cookie");
        try (ScriptedServer server = server(talk -> {
            talk.hearLine();
            talk.say("250-AUTH METHODS=COOKIE COOKIEFILE=\"" + secret + "\"\r\n250 OK\r\n");
            talk.hearLine();
        })) {
            assertLocal(() -> connect(server).close());
            assertThat(server.heard()).hasSize(1);
        }
    }

    @Test
    void aServerThatDoesNotKnowTheCookieDoesNotGetIt() throws IOException {
        Path cookie = Files.write(folder.resolve("cookie"), new byte[32]);
        try (ScriptedServer server = server(talk -> {
            talk.hearLine();
            talk.say("250-AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"" + cookie + "\"\r\n250 OK\r\n");
            talk.hearLine();
            talk.say("250 AUTHCHALLENGE SERVERHASH=" + "0".repeat(64) + " SERVERNONCE=" + "0".repeat(64) + "\r\n");
            talk.hearLine();
        })) {
            assertThatThrownBy(() -> connect(server).close()).hasMessageContaining("does not know the cookie");
            assertThat(server.heard()).hasSize(2);
            assertThat(new String(server.heard().get(1), StandardCharsets.US_ASCII))
                    .startsWith("AUTHCHALLENGE SAFECOOKIE ");
        }
    }

    @Test
    void readsEscapedCookiePaths() throws IOException {
        ProtocolInfo info = ProtocolInfo.parse(List.of(
                "PROTOCOLINFO 1",
                "AUTH METHODS=COOKIE,SAFECOOKIE COOKIEFILE=\"/a \\\"b\\\\c\\303\\251\"",
                "VERSION Tor=\"0.4.8.1\"",
                "OK"));
        assertThat(info.methods()).containsExactlyInAnyOrder("COOKIE", "SAFECOOKIE");
        assertThat(info.cookieFile()).isEqualTo("/a \"b\\c\u00e9");
    }

    private static void assertLocal(Runnable command) {
        assertThatThrownBy(command::run)
                .isInstanceOfSatisfying(
                        TransportException.class, e -> assertThat(e.failure()).isEqualTo(TransportFailure.LOCAL));
    }

    private ScriptedServer server(ScriptedServer.Script script) throws IOException {
        return new ScriptedServer(runtime.blocking(), script);
    }

    private ControlClient connect(ScriptedServer server) {
        return ControlClient.connect(server.address(), ControlCredentials.of("", ""), TIMEOUT, runtime);
    }

    private static void authenticated(ScriptedServer.Talk talk) throws IOException {
        talk.hearLine();
        talk.say("250-PROTOCOLINFO 1\r\n250-AUTH METHODS=NULL\r\n250 OK\r\n");
        talk.hearLine();
        talk.say("250 OK\r\n");
    }
}
