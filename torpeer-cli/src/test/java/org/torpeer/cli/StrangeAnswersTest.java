package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Something else than a node at its socket. */
@Timeout(60)
final class StrangeAnswersTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "hello\n",
                "\u00ff\n",
                "[]\n",
                "{}\n",
                "null\n",
                "{\"ok\":false}\n",
                "{\"ok\":1}\n",
                "{\"ok\":false,\"error\":1}\n",
                "{\"ok\":false,\"error\":{\"type\":\"odd\",\"message\":\"a\\nb\"}}\n",
                "{\"ok\":tr"
            })
    @DisplayName("is told in one line, with exit code 1")
    void tells(String answer) throws IOException {
        // Latin 1, so that one of them is not UTF-8.
        byte[] bytes = answer.getBytes(StandardCharsets.ISO_8859_1);
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(folder.resolve("admin.sock")));
            Thread speaker = new Thread(() -> speak(server, bytes));
            speaker.setDaemon(true);
            speaker.start();
            for (String[] command : new String[][] {
                {"node", "status"}, {"node", "peers"}, {"node", "send", "abcdef", "--", "-hi"}, {"node", "stop"}
            }) {
                String[] all = Stream.concat(
                                Stream.of(command[0], command[1], "--data", folder.toString()),
                                Arrays.stream(command, 2, command.length))
                        .toArray(String[]::new);
                Run run = Run.of(all);
                assertThat(run.code()).as(run.out() + run.err()).isEqualTo(1);
                assertThat(run.out()).isEmpty();
                assertThat(run.err()).hasLineCount(1).startsWith("torpeer node").doesNotContain("unexpected");
            }
        }
        Files.delete(folder.resolve("admin.sock"));
    }

    private static void speak(ServerSocketChannel server, byte[] answer) {
        while (true) {
            try (SocketChannel client = server.accept()) {
                client.read(ByteBuffer.allocate(4096));
                client.write(ByteBuffer.wrap(answer));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // The program hung up first.
            }
        }
    }
}
