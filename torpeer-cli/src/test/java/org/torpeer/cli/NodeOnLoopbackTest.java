package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;

@Timeout(60)
final class NodeOnLoopbackTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("nodes run, tell what happens, answer their owner, and stop in order")
    void runs() throws Exception {
        CompletableFuture<Run> router = start("r", "--router", "--http", "127.0.0.1:0");
        String seed = running("r");
        CompletableFuture<Run> one = start("a", "--join", seed);
        CompletableFuture<Run> two = start("b", "--join", seed);
        running("a");
        String two56 = running("b").substring(0, 56);
        knows("a", 2);
        knows("b", 2);

        Run sent = Run.of("node", "send", "--data", data("a"), two56.substring(0, 6), "hello\nthere", "--json");
        assertThat(sent.code()).as(sent.err()).isZero();
        assertThat(Json.object(sent.out()))
                .containsEntry("peer", two56 + ".onion")
                .containsEntry("answer", "received");
        assertThat(Run.of("node", "send", "--data", data("a"), "abc", "x").code())
                .isEqualTo(2);
        Run toRouter = Run.of("node", "send", "--data", data("a"), seed.substring(0, 20), "x");
        assertThat(toRouter.code()).isEqualTo(1);
        assertThat(toRouter.err()).hasLineCount(1);
        assertThat(Run.of("node", "peers", "--data", data("b")).out()).contains(seed + "  router  online  verified");
        assertThat(Run.of("node", "status", "--data", data("b")).out()).contains("state    running");

        bans(two56 + ".onion");

        for (String name : List.of("a", "b", "r")) {
            Run stop = Run.of("node", "stop", "--data", data(name), "--json");
            assertThat(stop.code()).as(stop.err()).isZero();
            assertThat(stop.out()).isEqualToIgnoringNewLines("{\"state\":\"stopped\"}");
        }
        for (CompletableFuture<Run> node : List.of(router, one, two)) {
            Run run = node.get(10, TimeUnit.SECONDS);
            assertThat(run.code()).as(run.err()).isZero();
            assertThat(run.out().lines().map(Json::object).map(event -> event.get("event")))
                    .contains("ready", "verified", "session-opened", "stopping")
                    .last()
                    .isEqualTo("stopped");
        }
        assertThat(two.get().out()).contains("\"message\":\"hello\\nthere\"");
        assertThat(router.get().out()).contains("\"peerList\":\"http://127.0.0.1:");
    }

    private void bans(String peer) {
        Run banned = Run.of("node", "ban", "--data", data("r"), peer, "--for", "90m");
        assertThat(banned.code()).as(banned.err()).isZero();
        assertThat(banned.out()).startsWith("banned until 20").contains(peer).hasLineCount(1);
        assertThat(Run.of("node", "ban", "--data", data("r"), "--list").out()).contains(peer + "  banned until 20");
        assertThat(Run.of("node", "ban", "--data", data("r"), peer, "--allow").code())
                .isZero();
        Run list = Run.of("node", "ban", "--data", data("r"), "--list", "--json");
        assertThat(list.out()).isEqualToIgnoringNewLines("{\"banned\":[],\"allowed\":[\"" + peer + "\"]}");
        assertThat(Run.of("node", "ban", "--data", data("r"), peer, "--remove", "--json")
                        .out())
                .isEqualToIgnoringNewLines("{\"peer\":\"" + peer + "\",\"known\":true}");
        Run itself = Run.of("node", "ban", "--data", data("r"), running("r").substring(0, 62));
        assertThat(itself.code()).isEqualTo(2);
        assertThat(itself.err()).hasLineCount(1);
        assertThat(Run.of("node", "status", "--data", data("r")).out()).contains("dropped  ");
        assertThat(Field.object(status("r"), "dropped")).isNotNull();
    }

    @Test
    @DisplayName("what a peer sends cannot move the cursor of who reads it")
    void cleansMessages() throws Exception {
        CompletableFuture<Run> seed = start("r", "--router");
        CompletableFuture<Run> one = start("a", "--join", running("r"));
        CompletableFuture<Run> text = CompletableFuture.supplyAsync(
                () -> Run.of(arguments("b", "--join", running("r"))), task -> new Thread(task).start());
        String address = running("b");
        running("a");
        knows("a", 2);
        Run.of("node", "send", "--data", data("a"), address.substring(0, 56), "\u001b[2Jgone");
        for (String name : List.of("a", "b", "r")) {
            assertThat(Run.of("node", "stop", "--data", data(name)).code()).isZero();
        }
        assertThat(text.get(10, TimeUnit.SECONDS).out()).contains(" [2Jgone").doesNotContain("\u001b");
        assertThat(one.get(10, TimeUnit.SECONDS).code()).isZero();
        assertThat(seed.get(10, TimeUnit.SECONDS).code()).isZero();
    }

    private CompletableFuture<Run> start(String name, String... more) {
        String[] arguments = arguments(name, more);
        String[] json = Arrays.copyOf(arguments, arguments.length + 1);
        json[arguments.length] = "--json";
        return CompletableFuture.supplyAsync(() -> Run.of(json), task -> new Thread(task).start());
    }

    private String[] arguments(String name, String... more) {
        return Stream.concat(
                        Stream.of(
                                "node",
                                "run",
                                "--easy",
                                "--data",
                                data(name),
                                "--transport",
                                "loopback",
                                "--set",
                                "network=" + folder.getFileName()),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    /** Its endpoint, as soon as it runs. */
    private String running(String name) {
        Map<String, Object> status = until(() -> status(name), answer -> "running".equals(answer.get("state")));
        return Field.text(status, "address") + ":" + (int) Field.number(status, "port");
    }

    private void knows(String name, int verified) {
        until(() -> status(name), answer -> Field.number(Field.object(answer, "peers"), "verified") >= verified);
    }

    private Map<String, Object> status(String name) {
        Run run = Run.of("node", "status", "--data", data(name), "--json");
        return run.code() == 0 ? Json.object(run.out()) : Map.of();
    }

    private static Map<String, Object> until(
            Supplier<Map<String, Object>> asked, Predicate<Map<String, Object>> wanted) {
        while (true) {
            Map<String, Object> answer = asked.get();
            if (wanted.test(answer)) {
                return answer;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }
}
