package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.testkit.TestSeed;

@Timeout(60)
final class PolicyCommandsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("policies are signed one after another, and shown")
    void signs() throws IOException {
        String operator = keygen("key");
        assertThat(operator).matches("[0-9a-f]{64}");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("key"))))
                .isEqualTo("rw-------");
        fails(2, "it is kept", "keygen", file("key"));

        Map<String, Object> first = sign("first", "--built-in", "easy", "--bits", "7", "--grace", "36h");
        assertThat(first).containsEntry("serial", 1L).containsEntry("bits", 7L).containsEntry("epoch", 0L);
        Map<String, Object> second =
                sign("second", "--replaces", file("first"), "--algorithm", "sha256", "--bits", "9", "--epoch", "2");
        assertThat(second).containsEntry("serial", 2L).containsEntry("algorithm", "sha256");
        Run third = Run.of(signing("third", "--replaces", file("second"), "--easy", "--after", "2h"));
        assertThat(third.code()).as(third.err()).isZero();
        assertThat(third.out())
                .contains("serial     3")
                .contains("demands    scrypt N=1024,r=8,p=1 at 5 bits in epoch 2")
                .contains("before     sha256 at 9 bits in epoch 2")
                .contains("before     scrypt N=1024,r=8,p=1 at 5 bits\n");

        Run checked = Run.of("policy", "show", file("second"), "--network", "test", "--operator", operator, "--json");
        assertThat(Json.object(checked.out())).isEqualTo(second);
        assertThat(checked.err()).isEmpty();
        Run unchecked = Run.of("policy", "show", file("second"));
        assertThat(unchecked.code()).isZero();
        assertThat(unchecked.err()).hasLineCount(1).contains("not checked");
        fails(2, "was not signed by", "show", file("second"), "--network", "elsewhere", "--operator", operator);
        fails(2, "give --network and --operator", "show", file("second"), "--operator", operator);
    }

    @Test
    @DisplayName("what cannot be signed is not, with one line that says why")
    void refuses() throws IOException {
        keygen("key");
        sign("first");
        fails(2, "it is kept", signing("first"));
        fails(2, "--grace is a time", signing("a", "--grace", "soon"));
        fails(2, "--grace is a time", signing("a", "--grace", "-1d"));
        fails(2, "grace period", signing("a", "--grace", "999999999d"));
        fails(2, "", signing("a", "--after", "999999999d"));
        fails(2, "--built-in is", signing("a", "--built-in", "scrypt"));
        fails(2, "--built-in is", signing("a", "--built-in", "scrypt:N:1:2"));
        fails(2, "give it or --replaces", signing("a", "--built-in", "easy", "--replaces", file("first")));
        fails(2, "", signing("a", "--bits", "256"));
        fails(2, "", signing("a", "--algorithm", "luck"));
        fails(2, "cannot read", "sign", "--key", file("none"), "--network", "test", "--out", file("a"));
        fails(2, "something else", "sign", "--key", file("first"), "--network", "x", "--out", file("a"));
        assertThat(folder.resolve("a")).doesNotExist();

        Path other = Files.writeString(folder.resolve("words"), "secret\n");
        Run sealed = Run.of("policy", "keygen", file("sealed"), "--passphrase-file", other.toString());
        assertThat(sealed.code()).as(sealed.err()).isZero();
        fails(2, "no terminal", "sign", "--key", file("sealed"), "--network", "x", "--out", file("a"));
        Run signed = Run.of(
                "policy",
                "sign",
                "--key",
                file("sealed"),
                "--passphrase-file",
                other.toString(),
                "--network",
                "x",
                "--out",
                file("b"));
        assertThat(signed.code()).as(signed.err()).isZero();
        fails(2, "was not signed by", signing("a", "--replaces", file("b")));

        byte[] whole = Files.readAllBytes(folder.resolve("first"));
        RandomGenerator random = TestSeed.random("refuses");
        for (int i = 0; i < 30; i++) {
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length - 2)) : whole.clone();
            if (bad.length == whole.length) {
                bad[random.nextInt(bad.length - 1)] ^= (byte) 0x81;
            }
            Files.write(folder.resolve("bad"), bad);
            fails(2, "", "show", file("bad"));
            fails(2, "", signing("a", "--replaces", file("bad")));
            assertThat(Files.readAllBytes(folder.resolve("bad"))).isEqualTo(bad);
        }
    }

    @Test
    @DisplayName("a published policy reaches the nodes, and 'identity raise' learns from a node what it demands")
    void publishes() throws Exception {
        String operator = keygen("key");
        sign("policy", "--built-in", "easy", "--bits", "6");
        Run alone = Run.of("node", "run", "--data", file("x"), "--policy", file("policy"));
        assertThat(alone.code()).isEqualTo(2);
        assertThat(alone.err()).hasLineCount(1).contains("--operator");

        CompletableFuture<Run> router = start("r", "--operator", operator, "--router");
        String seed = endpoint("r");
        CompletableFuture<Run> member = start("a", "--operator", operator, "--join", seed);
        endpoint("a");
        until("r", status -> Field.number(Field.object(status, "peers"), "connected") > 0);
        says(status("a"), "serial", 0L);
        says(status("a"), "ownProof", "accepted");

        Run published = Run.of("policy", "publish", "--data", file("r"), file("policy"));
        assertThat(published.code()).as(published.err()).isZero();
        assertThat(published.out()).contains("policy 1 published; told 1 peers");
        Run again = Run.of("policy", "publish", "--data", file("r"), file("policy"));
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).hasLineCount(1).contains("not taken");
        Map<String, Object> heard = until("a", status -> Field.number(Field.object(status, "policy"), "serial") == 1);
        says(heard, "bits", 6L);
        assertThat(Field.text(Field.object(heard, "policy"), "ownProof")).startsWith("accepted until ");
        assertThat(Run.of("node", "status", "--data", file("a")).out()).contains("policy   serial 1");

        Run raised = Run.of("identity", "raise", "--data", file("a"));
        assertThat(raised.code()).as(raised.err()).isZero();
        assertThat(raised.out()).contains("at 6 bits");
        stop("a");
        assertThat(member.get(10, TimeUnit.SECONDS).out())
                .contains("\"event\":\"policy\"")
                .contains("\"ownProof\":\"accepted until ");
        CompletableFuture<Run> back = start("a", "--operator", operator, "--join", seed);
        endpoint("a");
        says(status("a"), "serial", 1L);
        says(status("a"), "ownProof", "accepted");
        stop("a");
        stop("r");
        assertThat(back.get(10, TimeUnit.SECONDS).out()).doesNotContain("\"event\":\"policy\"");
        assertThat(router.get(10, TimeUnit.SECONDS).code()).isZero();

        CompletableFuture<Run> newcomer = start("n", "--operator", operator, "--policy", file("policy"));
        endpoint("n");
        assertThat(Field.number(Field.object(status("n"), "proof"), "bits"))
                .as("made for what comes")
                .isEqualTo(6);
        stop("n");
        assertThat(newcomer.get(10, TimeUnit.SECONDS).code()).isZero();
    }

    private String keygen(String name) {
        Run run = Run.of("policy", "keygen", file(name), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        return Field.text(Json.object(run.out()), "operator");
    }

    private Map<String, Object> sign(String out, String... more) {
        Run run = Run.of(Stream.concat(Stream.of(signing(out, more)), Stream.of("--json"))
                .toArray(String[]::new));
        assertThat(run.code()).as(run.err()).isZero();
        return Json.object(run.out());
    }

    private String[] signing(String out, String... more) {
        return Stream.concat(
                        Stream.of("policy", "sign", "--key", file("key"), "--network", "test", "--out", file(out)),
                        Stream.of(more))
                .toArray(String[]::new);
    }

    private static void fails(int code, String why, String... arguments) {
        String[] all = arguments[0].equals("policy")
                ? arguments
                : Stream.concat(Stream.of("policy"), Stream.of(arguments)).toArray(String[]::new);
        Run run = Run.of(all);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(why).doesNotContain("nobody thought of");
    }

    private static void says(Map<String, Object> status, String name, Object value) {
        assertThat(Field.object(status, "policy").get(name)).isEqualTo(value);
    }

    private CompletableFuture<Run> start(String name, String... more) {
        String[] arguments = Stream.concat(
                        Stream.of(
                                "node",
                                "run",
                                "--easy",
                                "--json",
                                "--network",
                                "test",
                                "--data",
                                file(name),
                                "--transport",
                                "loopback",
                                "--set",
                                "network=" + folder.getFileName()),
                        Stream.of(more))
                .toArray(String[]::new);
        return CompletableFuture.supplyAsync(() -> Run.of(arguments), task -> new Thread(task).start());
    }

    private void stop(String name) {
        assertThat(Run.of("node", "stop", "--data", file(name)).code()).isZero();
    }

    private String endpoint(String name) {
        Map<String, Object> status = until(name, answer -> "running".equals(answer.get("state")));
        return Field.text(status, "address") + ":" + (int) Field.number(status, "port");
    }

    private Map<String, Object> status(String name) {
        Run run = Run.of("node", "status", "--data", file(name), "--json");
        return run.code() == 0 ? Json.object(run.out()) : Map.of();
    }

    private Map<String, Object> until(String name, Predicate<Map<String, Object>> wanted) {
        while (true) {
            Map<String, Object> answer = status(name);
            if (!answer.isEmpty() && wanted.test(answer)) {
                return answer;
            }
            LockSupport.parkNanos(20_000_000);
        }
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
