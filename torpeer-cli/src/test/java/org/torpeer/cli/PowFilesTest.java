package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.cli.json.Field;
import org.torpeer.cli.json.Json;
import org.torpeer.testkit.TestSeed;

final class PowFilesTest {
    private static final String KEY = "0123456789abcdef".repeat(4);

    @TempDir
    Path folder;

    @Test
    @DisplayName("what was solved holds, for whom and of what it was made alone")
    void solvesAndVerifies() throws IOException {
        Run solved = solve("p", "--network", "n", "--key", KEY, "--bits", "12");
        assertThat(solved.code()).as(solved.err()).isZero();
        Map<String, Object> proof = Json.object(Files.readString(file("p")));
        assertThat(proof)
                .containsEntry("schema", "torpeer.proof/1")
                .containsEntry("network", "n")
                .containsEntry("key", KEY)
                .containsEntry("bits", 12L);

        Run valid = verify("p", "--network", "n", "--key", KEY, "--algorithm", "sha256", "--bits", "12", "--json");
        assertThat(valid.code()).as(valid.err()).isZero();
        assertThat(Json.object(valid.out())).containsEntry("valid", true);
        refuses("p", "another network", "--network", "m");
        refuses("p", "another key", "--key", "f".repeat(64));
        refuses("p", "another algorithm", "--algorithm", "scrypt");
        refuses("p", "claims 12 bits", "--bits", "13");

        String text = Files.readString(file("p"));
        for (String altered : new String[] {
            text.replace("\"n\"", "\"m\""),
            text.replace(KEY, "f".repeat(64)),
            text.replace("\"bits\":12", "\"bits\":200"),
            text.replace("\"epoch\":0", "\"epoch\":1"),
            text.replace(Field.text(proof, "nonce"), "0".repeat(16))
        }) {
            Files.writeString(file("q"), altered);
            refuses("q", "does not hold");
        }
    }

    @Test
    @DisplayName("an identity's key is solved for in its own network, and the key never written")
    void solvesForAnIdentity() throws IOException {
        String data = folder.resolve("d").toString();
        Run made = Run.of("identity", "create", "--data", data, "--network", "mine", "--easy", "--json");
        Run solved = solve("p", "--data", data, "--bits", "4");
        assertThat(solved.code()).as(solved.err()).isZero();
        String address = Field.text(Json.object(made.out()), "address");
        Run valid = verify("p", "--network", "mine", "--key", address);
        assertThat(valid.code()).as(valid.err()).isZero();
        assertThat(valid.out()).contains(address);
    }

    @Test
    @DisplayName("a file that is no proof, or no longer one, fails with one line and stays as it is")
    void survivesDamage() throws IOException {
        solve("p", "--network", "n", "--key", KEY, "--bits", "2");
        byte[] whole = Files.readAllBytes(file("p"));
        String text = Files.readString(file("p"));
        RandomGenerator random = TestSeed.random("survivesDamage");
        for (int cut = 0; cut < whole.length - 2; cut += 1 + random.nextInt(9)) {
            refusesBytes(Arrays.copyOf(whole, cut));
        }
        for (int i = 0; i < 30; i++) {
            byte[] foreign = new byte[random.nextInt(6000)];
            random.nextBytes(foreign);
            refusesBytes(foreign);
        }
        for (String other : new String[] {
            text.replace("proof/1", "proof/2"),
            text.replace("\"bits\":2", "\"bits\":-2"),
            text.replace("\"bits\":2", "\"bits\":2.0"),
            text.replace("\"bits\":2", "\"bits\":1e99"),
            text.replace("\"bits\":2", "\"bits\":99999999999999999999"),
            text.replace("\"epoch\":0", "\"epoch\":4294967296"),
            text.replace("\"sha256\"", "\"rot13\""),
            text.replace("\"sha256\",\"parameters\":\"\"", "\"scrypt\",\"parameters\":\"N=1073741824,r=8,p=1\""),
            text.replace("{", "{\"more\":1,"),
            text.replace("}", ",\"bits\":2}"),
            text + text
        }) {
            assertThat(other).isNotEqualTo(text);
            refusesBytes(other.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    @DisplayName("files that are there stay as they are: proofs, damaged checkpoints, and those of other work")
    void keepsFiles() throws IOException {
        assertThat(solve(
                                "p",
                                "--key",
                                KEY,
                                "--bits",
                                "8",
                                "--checkpoint",
                                file("c").toString())
                        .code())
                .isZero();
        String proof = Files.readString(file("p"));
        String checkpoint = Files.readString(file("c"));
        assertThat(solve("p", "--key", KEY, "--bits", "9").code()).isEqualTo(2);
        assertThat(file("p")).hasContent(proof);

        Run foreign = solve(
                "q",
                "--key",
                "f".repeat(64),
                "--bits",
                "8",
                "--checkpoint",
                file("c").toString());
        assertThat(foreign.code()).isEqualTo(2);
        assertThat(foreign.err()).hasLineCount(1).contains("is of another key, network, epoch or algorithm");
        assertThat(Files.readString(file("c"))).isEqualTo(checkpoint);

        String damaged = checkpoint.replace("next ", "next 1");
        Files.writeString(file("c"), damaged);
        Run corrupt = solve(
                "q", "--key", KEY, "--bits", "8", "--checkpoint", file("c").toString());
        assertThat(corrupt.code()).isEqualTo(2);
        assertThat(corrupt.err()).hasLineCount(1).contains("damaged");
        assertThat(Files.readString(file("c"))).isEqualTo(damaged);
        for (String interval : new String[] {"0", "-1", "NaN", "1e300", "Infinity", "0.01"}) {
            Run refused =
                    solve("q", "--key", KEY, "--checkpoint", file("e").toString(), "--checkpoint-interval", interval);
            assertThat(refused.code()).as(interval).isEqualTo(2);
            assertThat(refused.err()).hasLineCount(1).contains("interval");
        }
        assertThat(solve("q", "--key", KEY, "--checkpoint-interval", "1").code())
                .isEqualTo(2);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(file("p"), file("c"));
        }
    }

    private Run solve(String out, String... more) {
        return run("pow solve --algorithm sha256 --out " + file(out), more);
    }

    private Run verify(String name, String... more) {
        return run("pow verify " + file(name), more);
    }

    private static Run run(String command, String... more) {
        String[] first = command.split(" ", -1);
        String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Run.of(all);
    }

    private void refuses(String name, String why, String... more) {
        Run run = verify(name, more);
        assertThat(run.code()).as(run.out()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).contains(why);
    }

    private void refusesBytes(byte[] content) throws IOException {
        Files.write(file("q"), content);
        Run run = verify("q");
        assertThat(run.code()).as(run.out()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).hasLineCount(1).doesNotContain("nobody thought of");
        assertThat(Files.readAllBytes(file("q"))).isEqualTo(content);
    }

    private Path file(String name) {
        return folder.resolve(name);
    }
}
