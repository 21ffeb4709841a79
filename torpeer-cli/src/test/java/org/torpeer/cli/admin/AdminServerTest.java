package org.torpeer.cli.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.testkit.TestSeed;

final class AdminServerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private final NodeRuntime runtime = NodeRuntime.system("admin-test");

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    @DisplayName("what is asked is answered, to several at the same time")
    void answers() {
        try (AdminServer server = open(folder);
                AdminClient one = client(folder);
                AdminClient two = client(folder)) {
            assertThat(server).isNotNull();
            assertThat(two.ask(Map.of("command", "echo", "text", "b\n\u20ac"))).isEqualTo(Map.of("text", "b\n\u20ac"));
            assertThat(one.ask(Map.of("command", "echo", "text", "a"))).isEqualTo(Map.of("text", "a"));
        }
        assertThat(folder.resolve("admin.sock")).doesNotExist();
        assertThatThrownBy(() -> client(folder))
                .isInstanceOfSatisfying(
                        AdminException.class, e -> assertThat(e.type()).isEqualTo(AdminException.Type.NOT_RUNNING));
    }

    @Test
    @DisplayName("the folder is closed to others")
    void closesTheFolder() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        open(folder).close();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
                .isEqualTo("rwx------");
    }

    @Test
    @DisplayName("bad requests get typed errors, and the connection stays")
    void refusesBadRequests() throws IOException {
        try (AdminServer server = open(folder);
                LineChannel lines = raw(folder)) {
            assertThat(server).isNotNull();
            for (String bad : List.of(
                    "",
                    "hello",
                    "{",
                    "[]",
                    "null",
                    "{}",
                    "{\"command\":1}",
                    "{\"command\":null}",
                    "{\"command\":\"echo\"} {}",
                    "{\"command\":\"echo\",\"command\":\"echo\"}",
                    "{\"command\":\"format the disk\"}",
                    "[".repeat(5000),
                    "{\"a\":".repeat(50) + "1" + "}".repeat(50),
                    "{\"command\":1e999999999}")) {
                lines.write(bad);
                assertThat(errorType(lines)).as(bad).isEqualTo("bad-request");
            }
            lines.write("{\"command\":\"fail\"}");
            assertThat(errorType(lines)).isEqualTo("failed");
            lines.write("{\"command\":\"break\"}");
            assertThat(errorType(lines)).isEqualTo("failed");
            lines.write("{\"command\":\"echo\",\"text\":\"still here\"}");
            assertThat(lines.read()).hasValue("{\"ok\":true,\"text\":\"still here\"}");
        }
    }

    @Test
    @DisplayName("a line too long is told, and ends the connection")
    void boundsLines() throws IOException {
        try (AdminServer server = open(folder);
                SocketChannel channel =
                        SocketChannel.open(UnixDomainSocketAddress.of(new AdminFiles(folder).current()));
                LineChannel lines = new LineChannel(channel, 1 << 16)) {
            assertThat(server).isNotNull();
            ByteBuffer much = ByteBuffer.allocate(AdminServer.MAX_REQUEST_BYTES + 1);
            while (much.hasRemaining()) {
                channel.write(much);
            }
            assertThat(errorType(lines)).isEqualTo("too-long");
            assertThat(lines.read()).isEmpty();
            try (AdminClient next = client(folder)) {
                assertThat(next.ask(Map.of("command", "echo", "text", "a"))).containsEntry("text", "a");
            }
        }
    }

    @Test
    @DisplayName("garbage and hang-ups do no harm")
    void survivesGarbage() throws IOException {
        RandomGenerator random = TestSeed.random("survivesGarbage");
        try (AdminServer server = open(folder)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < 100; i++) {
                byte[] garbage = new byte[random.nextInt(3000)];
                random.nextBytes(garbage);
                try (SocketChannel channel =
                        SocketChannel.open(UnixDomainSocketAddress.of(new AdminFiles(folder).current()))) {
                    channel.write(ByteBuffer.wrap(garbage));
                }
            }
            assertThat(answerOnceThereIsRoom()).containsEntry("text", "a");
        }
    }

    /** Those that hung up count as clients until the server has seen that they did. */
    private Map<String, Object> answerOnceThereIsRoom() {
        for (int attempt = 0; attempt < 100; attempt++) {
            try (AdminClient client = client(folder)) {
                return client.ask(Map.of("command", "echo", "text", "a"));
            } catch (AdminException e) {
                LockSupport.parkNanos(50_000_000);
            }
        }
        throw new AssertionError("there was no room in five seconds");
    }

    @Test
    @DisplayName("the number of clients is bounded")
    void boundsClients() throws IOException {
        List<LineChannel> held = new ArrayList<>();
        try (AdminServer server = open(folder)) {
            assertThat(server).isNotNull();
            for (int i = 0; i < AdminServer.MAX_CLIENTS; i++) {
                LineChannel lines = raw(folder);
                held.add(lines);
                lines.write("{\"command\":\"echo\",\"text\":\"a\"}");
                assertThat(lines.read()).isPresent();
            }
            try (LineChannel late = raw(folder)) {
                assertThat(errorType(late)).isEqualTo("busy");
            }
        } finally {
            for (LineChannel lines : held) {
                lines.close();
            }
        }
    }

    @Test
    @DisplayName("one server a folder; what a killed one has left is replaced")
    void replacesStaleSockets() throws IOException {
        try (ServerSocketChannel killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            killed.bind(UnixDomainSocketAddress.of(folder.resolve("admin.sock")));
        }
        assertThat(folder.resolve("admin.sock")).exists();
        assertThatThrownBy(() -> client(folder)).isInstanceOf(AdminException.class);
        try (AdminServer server = open(folder)) {
            assertThat(server).isNotNull();
            assertThatThrownBy(() -> open(folder))
                    .isInstanceOf(TorPeerException.class)
                    .hasMessageContaining("another node runs");
            try (AdminClient client = client(folder)) {
                assertThat(client.ask(Map.of("command", "echo", "text", "a"))).containsEntry("text", "a");
            }
        }
    }

    @Test
    @DisplayName("a folder with a path too long for a socket works too, and leaves nothing elsewhere")
    void handlesLongPaths() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("x".repeat(100)).resolve("y".repeat(100)));
        Path socket;
        try (AdminServer server = open(deep);
                AdminClient client = client(deep)) {
            assertThat(server).isNotNull();
            assertThat(client.ask(Map.of("command", "echo", "text", "a"))).containsEntry("text", "a");
            socket = new AdminFiles(deep).current();
            assertThat(socket).exists();
        }
        assertThat(socket.getParent()).doesNotExist();
        assertThat(deep.resolve("admin.path")).doesNotExist();
    }

    @Test
    @DisplayName("a file that is no socket is not deleted")
    void deletesSocketsOnly() throws IOException {
        Path precious = Files.writeString(folder.resolve("admin.sock"), "important");
        assertThatThrownBy(() -> new AdminFiles(folder).delete())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("not a socket");
        assertThat(precious).hasContent("important");
    }

    @Test
    @DisplayName("a file that names another place than ours is not followed")
    void doesNotFollowForeignNames() throws IOException {
        Path precious = Files.writeString(folder.resolve("precious"), "kept");
        Files.writeString(folder.resolve("admin.path"), precious.toString());
        open(folder).close();
        assertThat(precious).hasContent("kept");
    }

    private AdminServer open(Path place) {
        return AdminServer.open(place, AdminServerTest::handle, runtime);
    }

    private static Map<String, Object> handle(Map<String, Object> request) {
        if (!(request.get("command") instanceof String command)) {
            throw new InvalidInputException("a command is a string");
        }
        return switch (command) {
            case "echo" -> Map.of("text", request.getOrDefault("text", ""));
            case "fail" -> throw new TorPeerException("cannot");
            case "break" -> throw new IllegalStateException("broken");
            default -> throw new InvalidInputException("unknown");
        };
    }

    private AdminClient client(Path place) {
        return AdminClient.connect(place, PATIENCE, runtime);
    }

    private static LineChannel raw(Path place) throws IOException {
        return new LineChannel(
                SocketChannel.open(UnixDomainSocketAddress.of(new AdminFiles(place).current())), 1 << 16);
    }

    private static String errorType(LineChannel lines) throws IOException {
        Map<String, Object> answer = Json.object(lines.read().orElseThrow());
        assertThat(answer).containsEntry("ok", false);
        Map<?, ?> error = Field.object(answer, "error");
        assertThat(error.get("message"))
                .asString()
                .isNotEmpty()
                .satisfies(text ->
                        assertThat(text.getBytes(StandardCharsets.UTF_8).length).isLessThan(2000));
        return Field.text(error, "type");
    }
}
