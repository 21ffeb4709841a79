package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionAddress;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.pow.checkpoint.MiningCheckpoint;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.testkit.TestSeed;

/** Identities whose making is killed again and again, as a process of its own. */
@Timeout(180)
final class KilledCreateIT {
    private static final String NETWORK = "test";
    /** Nobody finds so many bits: each run is there to be killed. */
    private static final int ENDLESS = 60;

    private static final int DONE = 16;

    @TempDir
    Path folder;

    private final Random random = TestSeed.random("KilledCreateIT");

    @Test
    @DisplayName("a killed 'identity create' goes on with the same key, and leaves nothing but the identity")
    void create() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "correct horse\n");
        String[] command = {"identity", "create", "--passphrase-file", secret.toString(), "--threads", "1", "--json"};
        MiningCheckpoint kept = killed(command);
        try (Child last = child(command, DONE)) {
            assertThat(last.end()).as(last.errors()).isZero();
            assertThat(prefix(last.await(line -> line.startsWith("{")))).isEqualTo(kept.prefix());
        }
        Run shown = Run.of("identity", "show", "--data", data(), "--passphrase-file", secret.toString());
        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(files()).containsExactly("identity");
    }

    @Test
    @DisplayName("a killed first 'node run' goes on with the same key")
    void run() throws Exception {
        String[] command = {"node", "run", "--json", "--transport", "loopback", "--set", "network=killed"};
        MiningCheckpoint kept = killed(command);
        try (Child last = child(command, DONE)) {
            assertThat(prefix(last.await(line -> line.contains("\"ready\"")))).isEqualTo(kept.prefix());
            last.terminate();
            assertThat(last.end()).as(last.errors()).isZero();
        }
        assertThat(files()).contains("identity").noneMatch(name -> name.contains("draft"));
    }

    /** What the checkpoint said after the last of some kills. */
    private MiningCheckpoint killed(String... command) throws Exception {
        byte[] key = {};
        long frontier = 0;
        for (int kill = 0; kill < 4; kill++) {
            // Some live until they have written how far they are, so that there is something to go on from.
            long more = kill % 2 == 1 ? frontier + 1 : 0;
            try (Child child = child(command, ENDLESS)) {
                while (attempts() < more) {
                    assertThat(child.alive()).as(child.errors()).isTrue();
                    LockSupport.parkNanos(5_000_000);
                }
                LockSupport.parkNanos(Duration.ofMillis(random.nextInt(900)).toNanos());
                assertThat(child.alive()).as(child.errors()).isTrue();
                child.kill();
                assertThat(child.end()).isEqualTo(128 + 9);
            }
            byte[] draft = Files.readAllBytes(draft(""));
            assertThat(draft).isEqualTo(kill == 0 ? draft : key);
            key = draft;
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(draft(""))))
                    .isEqualTo("rw-------");
            long attempts = attempts();
            assertThat(attempts).isGreaterThanOrEqualTo(frontier);
            frontier = attempts;
        }
        assertThat(frontier).as("work that was kept").isPositive();
        assertThat(folder.resolve("data").resolve("identity")).doesNotExist();
        return MiningCheckpoint.read(draft("-checkpoint")).orElseThrow();
    }

    /** What the checkpoint counts; fewer than none before there is one. */
    private long attempts() {
        return MiningCheckpoint.read(draft("-checkpoint"))
                .map(MiningCheckpoint::attempts)
                .orElse(-1L);
    }

    private Child child(String[] command, int bits) throws Exception {
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        return Child.start(
                temporary,
                Stream.concat(
                                Stream.of(command),
                                Stream.of(
                                        "--data",
                                        data(),
                                        "--network",
                                        NETWORK,
                                        "--algorithm",
                                        "sha256",
                                        "--bits",
                                        Integer.toString(bits)))
                        .toArray(String[]::new));
    }

    /** What its proof is over. */
    private static byte[] prefix(String line) {
        Map<String, Object> facts = Json.object(line);
        return ProofPrefix.of(
                NetworkId.of(NETWORK),
                OnionAddress.parse(Field.text(facts, "address")).peer(),
                "sha256",
                "",
                0);
    }

    private Path draft(String suffix) {
        return folder.resolve("data").resolve("identity-draft" + suffix);
    }

    private Stream<String> files() throws Exception {
        try (Stream<Path> files = Files.list(folder.resolve("data"))) {
            return files.map(file -> file.getFileName().toString()).toList().stream();
        }
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
