package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.OnionAddress;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.testkit.TestSeed;

final class IdentityCommandsTest {
    @TempDir
    Path folder;

    @Test
    @DisplayName("what was made is shown again, and the key never")
    void createsAndShows() throws IOException {
        Run created = Run.of("identity", "create", "--data", data(), "--network", "test", "--easy", "--json");
        assertThat(created.code()).as(created.err()).isZero();
        Map<String, Object> facts = Json.object(created.out());
        assertThat(facts.keySet()).containsExactly("address", "network", "proof");
        assertThat(OnionAddress.parse(Field.text(facts, "address")).toString()).isEqualTo(facts.get("address"));
        assertThat(facts).containsEntry("network", "test");
        assertThat(facts.get("proof"))
                .isEqualTo(Map.of("algorithm", "scrypt", "parameters", "N=1024,r=8,p=1", "bits", 5L));

        Run shown = Run.of("identity", "show", "--data", data(), "--json");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).isEqualTo(created.out());
        Run text = Run.of("identity", "show", "--data", data());
        assertThat(text.out()).contains(Field.text(facts, "address")).contains("scrypt N=1024,r=8,p=1 at 5 bits");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("data"))))
                .isEqualTo("rwx------");
    }

    @Test
    @DisplayName("other algorithms and difficulties are made as asked for")
    void takesOptions() {
        Run created = Run.of(
                "identity",
                "create",
                "--data",
                data(),
                "--algorithm",
                "sha256",
                "--bits",
                "9",
                "--threads",
                "1",
                "--json");
        assertThat(created.code()).as(created.err()).isZero();
        assertThat(Json.object(created.out()).get("proof"))
                .isEqualTo(Map.of("algorithm", "sha256", "parameters", "", "bits", 9L));
    }

    @Test
    @DisplayName("an identity is never replaced")
    void keepsWhatIsThere() throws IOException {
        assertThat(Run.of("identity", "create", "--data", data(), "--easy").code())
                .isZero();
        byte[] before = Files.readAllBytes(identity());
        Run again = Run.of("identity", "create", "--data", data(), "--easy");
        assertThat(again.code()).isEqualTo(2);
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).hasLineCount(1).contains("it is kept");
        assertThat(Files.readAllBytes(identity())).isEqualTo(before);
    }

    @Test
    @DisplayName("files that are no identity, or no longer one, fail with one line and stay as they are")
    void survivesDamage() throws IOException {
        assertThat(Run.of("identity", "create", "--data", data(), "--easy").code())
                .isZero();
        byte[] whole = Files.readAllBytes(identity());
        RandomGenerator random = TestSeed.random("survivesDamage");
        for (int cut = 0; cut < whole.length; cut += 1 + random.nextInt(8)) {
            refuses(Arrays.copyOf(whole, cut));
        }
        for (int i = 0; i < 30; i++) {
            byte[] foreign = new byte[random.nextInt(2000)];
            random.nextBytes(foreign);
            refuses(foreign);
        }
        refuses("-----BEGIN PRIVATE KEY-----\n".getBytes(StandardCharsets.US_ASCII));
        Files.delete(identity());
        Files.createDirectory(identity());
        Run run = Run.of("identity", "show", "--data", data());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1);
    }

    @Test
    @DisplayName("without an identity, the error says how to make one")
    void saysWhatToDo() {
        Run run = Run.of("identity", "show", "--data", data());
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).hasLineCount(1).contains("identity create");
    }

    private void refuses(byte[] content) throws IOException {
        Files.write(identity(), content);
        Run run = Run.of("identity", "show", "--data", data());
        assertThat(run.code()).as(run.out()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .hasLineCount(1)
                .startsWith("torpeer identity show: ")
                .doesNotContain("nobody thought of");
        assertThat(Files.readAllBytes(identity())).isEqualTo(content);
    }

    private Path identity() {
        return folder.resolve("data").resolve("identity");
    }

    private String data() {
        return folder.resolve("data").toString();
    }
}
