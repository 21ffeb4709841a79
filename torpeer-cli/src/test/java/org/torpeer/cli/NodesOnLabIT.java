package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;

final class NodesOnLabIT {
    @TempDir
    Path folder;

    private Path temporary = Path.of("");
    private List<Map<?, ?>> clients = List.of();

    @Test
    @DisplayName("nodes on a lab find each other, send messages, and are the same after a restart")
    void runsNodes() throws Exception {
        temporary = Files.createDirectory(folder.toRealPath().resolve("tmp"));
        try (Child lab = Child.start(temporary, "lab", "--json")) {
            clients = Field.objects(Json.object(lab.await(line -> line.startsWith("{"))), "clients");
            try (Child router = node("r", 0, "--router", "--http", "127.0.0.1:0", "--http-onion");
                    Child second = node("b", 1, "--join", address(router) + ".onion")) {
                String address = sendAndStop(addressOf(data("r")), address(second), second);
                restart(address, addressOf(data("b")));
                second.terminate();
                assertThat(second.end()).isZero();
                assertThat(Run.of("node", "stop", "--data", data("r")).code()).isZero();
                assertThat(router.end()).isZero();
            }
            lab.terminate();
            assertThat(lab.end()).isZero();
        }
        assertThat(Tors.below(temporary)).isEmpty();
        assertThat(temporary).isEmptyDirectory();
    }

    /** A third node, which comes by the router's peer list over its onion service. */
    private String sendAndStop(String router, String other, Child second) throws Exception {
        try (Child first = node("a", 1, "--join", "http://" + router + "/torpeer/v1/peers")) {
            String address = address(first);
            first.await(line -> line.contains("\"verified\"") && line.contains(other));
            Run sent = Run.of("node", "send", "--data", data("a"), other.substring(0, 10), "hello there", "--json");
            assertThat(sent.code()).as(sent.err()).isZero();
            assertThat(Json.object(sent.out()))
                    .containsEntry("answer", "received")
                    .containsEntry("peer", other + ".onion");
            assertThat(Json.object(second.await(line -> line.contains("\"message\""))))
                    .containsEntry("from", address + ".onion")
                    .containsEntry("message", "hello there");
            assertThat(Run.of("node", "run", "--easy", "--transport", "loopback", "--data", data("a")))
                    .satisfies(run -> assertThat(run.code()).isEqualTo(1))
                    .satisfies(run -> assertThat(run.err()).hasLineCount(1).contains("another node runs in"));
            assertThat(Run.of("node", "stop", "--data", data("a")).code()).isZero();
            assertThat(first.end()).isZero();
            return address;
        }
    }

    private void restart(String address, String other) throws Exception {
        try (Child again = node("a", 1)) {
            assertThat(address(again)).isEqualTo(address);
            Run peers = Run.of("node", "peers", "--data", data("a"), "--json");
            List<Object> known = new ArrayList<>();
            Field.objects(Json.object(peers.out()), "peers").forEach(peer -> known.add(Field.of(peer, "address")));
            assertThat(known).contains(other);
            Run sent = Run.of("node", "send", "--data", data("a"), other, "back again");
            assertThat(sent.code()).as(sent.err()).isZero();
            assertThat(sent.out()).contains("received");
            again.kill();
        }
        try (Child onceMore = node("a", 1)) {
            assertThat(address(onceMore)).as("after kill -9").isEqualTo(address);
            onceMore.terminate();
            assertThat(onceMore.end()).isZero();
        }
    }

    private Child node(String name, int client, String... more) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(
                "node",
                "run",
                "--data",
                data(name),
                "--network",
                "lab",
                "--easy",
                "--json",
                "--tor-control",
                Field.text(clients.get(client), "control"),
                "--tor-socks",
                Field.text(clients.get(client), "socks")));
        arguments.addAll(List.of(more));
        return Child.start(temporary, arguments.toArray(String[]::new));
    }

    /** Of a node that is becoming ready, without {@code .onion}. */
    private static String address(Child node) throws Exception {
        String line = node.await(event -> event.contains("\"ready\""));
        return Field.text(Json.object(line), "address").replace(".onion", "");
    }

    private String addressOf(String data) {
        return Field.text(
                Json.object(Run.of("node", "status", "--data", data, "--json").out()), "address");
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }
}
