package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

@Timeout(60)
final class IdentityKeepingTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName(
            "a sealed identity opens with its passphrase only, and stays sealed when raised, backed up and restored")
    void seals() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse\nsecond line\n");
        Path wrong = Files.writeString(folder.resolve("wrong"), "battery staple\n");
        String address = create("a", "--passphrase-file", secret.toString());
        fails(2, "--passphrase-file", "show", "--data", data("a"));
        fails(2, "passphrase is wrong", "show", "--data", data("a"), "--passphrase-file", wrong.toString());

        Run raised =
                Run.of("identity", "raise", "--data", data("a"), "--bits", "6", "--passphrase-file", secret.toString());
        assertThat(raised.code()).as(raised.err()).isZero();
        assertThat(raised.out()).contains(address).contains("at 6 bits");
        fails(2, "no terminal", "show", "--data", data("a"));

        Run backup = Run.of("identity", "backup", "--data", data("a"), file("backup"));
        assertThat(backup.code()).as(backup.err()).isZero();
        assertThat(backup.out()).contains("sealed").doesNotContain("not sealed");
        assertThat(Run.of("identity", "restore", "--data", data("b"), file("backup"))
                        .code())
                .isZero();
        Run shown = Run.of("identity", "show", "--data", data("b"), "--passphrase-file", secret.toString());
        assertThat(shown.out()).isEqualTo(raised.out());
        for (String content : new String[] {"", "\n", "x".repeat(2000)}) {
            Files.writeString(wrong, content);
            fails(2, "passphrase file", "show", "--data", data("b"), "--passphrase-file", wrong.toString());
        }
    }

    @Test
    @DisplayName("backups are never written over anything, and bad ones bring nothing back")
    void keepsBackups() throws IOException {
        create("a");
        assertThat(Run.of("identity", "backup", "--data", data("a"), file("backup"))
                        .code())
                .isZero();
        byte[] whole = Files.readAllBytes(Path.of(file("backup")));
        fails(2, "it is kept", "backup", "--data", data("a"), file("backup"));
        fails(2, "it is kept", "restore", "--data", data("a"), file("backup"));
        RandomGenerator random = TestSeed.random("keepsBackups");
        for (int i = 0; i < 40; i++) {
            byte[] bad = random.nextBoolean() ? Arrays.copyOf(whole, random.nextInt(whole.length - 2)) : whole.clone();
            if (bad.length == whole.length) {
                bad[random.nextInt(bad.length - 1)] ^= (byte) 0x81;
            }
            Files.write(folder.resolve("bad"), bad);
            fails(2, "", "restore", "--data", data("b"), file("bad"));
            assertThat(folder.resolve("b").resolve("identity")).doesNotExist();
            assertThat(Files.readAllBytes(folder.resolve("bad"))).isEqualTo(bad);
        }
    }

    @Test
    @DisplayName("raising goes on from its checkpoint, refuses what is no raise, and keeps the proof if it fails")
    void raises() throws IOException {
        create("a");
        fails(2, "has 5 bits already", "raise", "--data", data("a"), "--bits", "5");
        raised(6);
        byte[] before = Files.readAllBytes(folder.resolve("a/identity"));
        Path checkpoint;
        try (Stream<Path> files = Files.list(folder.resolve("a"))) {
            checkpoint = files.filter(file -> file.getFileName().toString().startsWith("raising-"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(checkpoint, "no checkpoint");
        fails(2, "damaged or no checkpoint", "raise", "--data", data("a"), "--bits", "7");
        assertThat(checkpoint).hasContent("no checkpoint");
        assertThat(Files.readAllBytes(folder.resolve("a/identity"))).isEqualTo(before);
        Files.delete(checkpoint);
        raised(7);
        fails(2, "give --bits", "raise", "--data", data("a"));
        fails(2, "how many bits", "raise", "--data", data("a"), "--epoch", "1");
        fails(2, "255 bits", "raise", "--data", data("a"), "--bits", "256");
        fails(2, "", "raise", "--data", data("a"), "--bits", "8", "--algorithm", "luck");
        Run other = Run.of("identity", "raise", "--data", data("a"), "--bits", "4", "--algorithm", "sha256");
        assertThat(other.code()).as(other.err()).isZero();
        assertThat(other.out()).contains("sha256 at 4 bits");
    }

    private void raised(int bits) {
        Run raised = Run.of("identity", "raise", "--data", data("a"), "--bits", Integer.toString(bits), "--json");
        assertThat(raised.code()).as(raised.err()).isZero();
        assertThat(raised.err()).contains("make a new one with 'torpeer identity revoke'");
        assertThat(Field.number(Field.object(Json.object(raised.out()), "proof"), "bits"))
                .isEqualTo(bits);
        assertThat(Run.of("identity", "show", "--data", data("a"), "--json").out())
                .isEqualTo(raised.out());
    }

    @Test
    @DisplayName("an onion service that exists becomes an identity with the same address, and stays as it was")
    void imports() throws IOException {
        SeedKey key = SeedKey.generate(TestSeed.random("imports"));
        Path service = Files.createDirectory(folder.resolve("service"));
        byte[] content = Arrays.copyOf("== ed25519v1-secret: type0 ==".getBytes(StandardCharsets.US_ASCII), 96);
        System.arraycopy(key.expanded(), 0, content, 32, 64);
        Files.write(service.resolve("hs_ed25519_secret_key"), content);
        Files.writeString(service.resolve("hostname"), key.id() + "\n");
        Run imported = Run.of("identity", "import", "--data", data("a"), "--easy", "--from", service.toString());
        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).contains("address  " + key.id());
        assertThat(Files.readAllBytes(service.resolve("hs_ed25519_secret_key"))).isEqualTo(content);
        fails(2, "it is kept", "import", "--data", data("a"), "--easy", "--from", service.toString());

        Files.write(service.resolve("hs_ed25519_secret_key"), Arrays.copyOf(content, 95));
        fails(2, "secret key as Tor writes it", "import", "--data", data("b"), "--easy", "--from", service.toString());
        assertThat(folder.resolve("b").resolve("identity")).doesNotExist();
    }

    @Test
    @DisplayName("a key hands over to another one of the same worth, and is kept beside it")
    void rotates() throws IOException {
        String old = create("a");
        Run rotated = Run.of("identity", "rotate", "--data", data("a"), "--json");
        assertThat(rotated.code()).as(rotated.err()).isZero();
        Map<String, Object> facts = Json.object(rotated.out());
        assertThat(facts).doesNotContainEntry("address", old).containsEntry("network", "torpeer");
        assertThat(Run.of("identity", "show", "--data", data("a"), "--json").out())
                .isEqualTo(rotated.out());
        assertThat(folder.resolve("a/identity-retired-" + old.substring(0, 16))).exists();
        fails(2, "", "rotate", "--data", data("a"), "--port", "70000");
    }

    @Test
    @DisplayName("a certificate made in advance, published to a running node, ends its identity for good")
    void revokes() throws Exception {
        String address = create("a");
        Run revoke = Run.of("identity", "revoke", "--data", data("a"), "--certificate", file("certificate"));
        assertThat(revoke.code()).as(revoke.err()).isZero();
        assertThat(revoke.out()).contains(address);
        fails(2, "it is kept", "revoke", "--data", data("a"), "--certificate", file("certificate"));

        CompletableFuture<Run> node = CompletableFuture.supplyAsync(
                () -> Run.of(
                        "node",
                        "run",
                        "--easy",
                        "--json",
                        "--data",
                        data("a"),
                        "--transport",
                        "loopback",
                        "--set",
                        "network=" + folder.getFileName()),
                task -> new Thread(task).start());
        while (!Run.of("node", "status", "--data", data("a")).out().contains("running")) {
            LockSupport.parkNanos(20_000_000);
        }
        fails(1, "stop it first", "rotate", "--data", data("a"));
        Files.writeString(folder.resolve("bad"), "no certificate");
        Run bad = Run.of("node", "publish", "--data", data("a"), file("bad"));
        assertThat(bad.code()).isEqualTo(2);
        assertThat(bad.err()).hasLineCount(1);

        Run published = Run.of("node", "publish", "--data", data("a"), file("certificate"));
        assertThat(published.code()).as(published.err()).isZero();
        assertThat(published.out()).contains("revoked " + address);
        Run ended = node.get(20, TimeUnit.SECONDS);
        assertThat(ended.out()).contains("\"event\":\"revoked\"").contains("\"event\":\"stopped\"");
    }

    private String create(String name, String... more) {
        String[] first = {"identity", "create", "--easy", "--json", "--data", data(name)};
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        Run run = Run.of(all);
        assertThat(run.code()).as(run.err()).isZero();
        return Field.text(Json.object(run.out()), "address");
    }

    private static void fails(int code, String why, String... arguments) {
        String[] all = new String[arguments.length + 1];
        all[0] = "identity";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        Run run = Run.of(all);
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err().lines().filter(line -> line.startsWith("torpeer identity")))
                .as(run.err())
                .hasSize(1);
        assertThat(run.err()).contains(why).doesNotContain("nobody thought of");
    }

    private String data(String name) {
        return folder.resolve(name).toString();
    }

    private String file(String name) {
        return folder.resolve(name).toString();
    }
}
