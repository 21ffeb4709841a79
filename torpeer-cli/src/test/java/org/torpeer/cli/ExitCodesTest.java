package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What cannot be used is 2, what fails while it is done is 1; either way one line says why, and all is as it was. */
final class ExitCodesTest {
    private static final String KEY = "0".repeat(63) + "7";
    private static final Set<String> OF_NODES = Set.of("admin.lock", "lock", "peers.mv");

    @TempDir
    static Path folder;

    @BeforeAll
    static void make() throws IOException {
        Files.writeString(folder.resolve("words"), "some words\n");
        Files.writeString(folder.resolve("more-words"), "some more words\n");
        done("identity create --data @/mine --easy --network n");
        done("identity create --data @/sealed --easy --network n --passphrase-file @/words");
        done("identity backup --data @/mine @/backup");
        done("identity revoke --data @/mine --certificate @/certificate");
        done("policy keygen @/operator");
        done("policy keygen @/sealed-operator --passphrase-file @/words");
        done("policy sign --key @/operator --network n --out @/policy");
        done("pow solve --key KEY --network n --algorithm sha256 --bits 2 --out @/proof --checkpoint @/checkpoint");
    }

    @ParameterizedTest(name = "{1}")
    @DisplayName("exit codes say whether what was given cannot be used, or what was asked for failed")
    @CsvSource(
            quoteCharacter = '"',
            value = {
                // Values.
                "2, identity create --data @/new --easy --threads 0",
                "2, identity create --data @/new --easy --threads 2147483647",
                "2, identity create --data @/new/a/b --bits 99999999999",
                "2, identity create --data @/new --bits many",
                "2, identity create --data @/new --algorithm sha256 --bits 1 --parameters x",
                "2, identity rotate --data @/mine --threads 0",
                "2, identity raise --data @/mine --bits 5",
                "2, identity raise --data @/mine",
                "2, policy sign --key @/operator --network n --out @/new --grace 400d",
                "2, policy sign --key @/operator --network n --out @/new --grace 999999999d",
                "2, policy sign --key @/operator --network n --out @/new --after 999999999d",
                "2, pow calibrate --target p95=3s --device-factor much",
                "2, pow solve --key KEY --out @/new --easy --threads 1025",
                "2, node run --data @/new --easy --transport loopback --set nothing=1",
                "2, node run --data @/new --easy --transport loopback --set nothing",
                "2, node run --data @/new --easy --transport loopback --join nobody",
                "2, node run --data @/mine --easy --transport loopback --network other",
                "2, lab --clients many",
                // What is there already.
                "2, identity create --data @/mine --easy",
                "2, identity create --data @/words --easy",
                "2, identity restore --data @/mine @/backup",
                "2, identity backup --data @/mine @/words",
                "2, identity revoke --data @/mine --certificate @/words",
                "2, policy keygen @/words",
                "2, policy sign --key @/operator --network n --out @/words",
                "2, pow solve --key KEY --out @/words --easy",
                "2, pow calibrate --target p95=3s --json @/words",
                "2, pow calibrate --target p95=3s --html @/words",
                "2, demo --transport loopback --json @/words",
                "2, pow calibrate --target p95=3s --json @/nowhere/x",
                // Files that are not there, or of another kind.
                "2, identity show --data @/new",
                "2, identity backup --data @/new @/b",
                "2, identity restore --data @/new @/nothing",
                "2, identity restore --data @/new/a/b @/words",
                "2, identity restore --data @/new @/policy",
                "2, identity import --data @/new --easy --from @/nothing",
                "2, identity create --data @/new --easy --passphrase-file @/nothing",
                "2, policy show @/words",
                "2, policy show @/policy --network n --operator KEY",
                "2, policy sign --key @/words --network n --out @/new",
                "2, policy sign --key @/nothing --network n --out @/new",
                "2, node run --data @/new --easy --network n --operator KEY --policy @/policy",
                "2, node publish --data @/mine @/words",
                "2, policy publish --data @/mine @/certificate",
                "2, pow verify @/words",
                "2, pow verify @/nothing",
                "2, pow verify @/proof --bits 3",
                "2, pow verify @/proof --network m",
                "2, pow calibrate --target p95=3s --attackers @/words",
                "2, pow solve --key KEY --out @/new --easy --checkpoint @/words",
                "2, pow solve --key KEY --out @/new --easy --checkpoint @/checkpoint",
                "2, lab --tor @/words",
                "2, lab --tor @/nothing --dir @/new",
                // Passphrases.
                "2, identity show --data @/sealed",
                "2, identity show --data @/sealed --passphrase-file @/more-words",
                "2, identity raise --data @/sealed --bits 9 --passphrase-file @/more-words",
                "2, node run --data @/sealed --easy --network n --transport loopback --passphrase-file @/more-words",
                "2, policy sign --key @/sealed-operator --network n --out @/new --passphrase-file @/more-words",
                // What fails while it is done.
                "1, identity backup --data @/mine @/words/x",
                "1, identity revoke --data @/mine --certificate @/words/x",
                "1, policy keygen @/words/x",
                "1, policy sign --key @/operator --network n --out @/words/x",
                "1, pow solve --key KEY --out @/new --easy --checkpoint @/nowhere/x",
                "1, node status --data @/mine",
                "1, node stop --data @/new",
                "1, node send --data @/mine abcdefgh hello",
                "1, node publish --data @/mine @/certificate",
                "1, policy publish --data @/mine @/policy",
                "1, node run --data @/new/a --easy --tor-control 127.0.0.1:1",
            })
    void tells(int code, String line) throws IOException {
        Map<Path, Long> before = files();
        Run run = Run.of(arguments(line));
        assertThat(run.code()).as(run.out() + run.err()).isEqualTo(code);
        assertThat(run.out()).isEmpty();
        assertThat(run.err())
                .startsWith("torpeer ")
                .hasLineCount(1)
                .doesNotContain("Exception", "java.", "nobody thought of", " PT", "option option", "an int");
        assertThat(files()).isEqualTo(before);
    }

    private static void done(String line) {
        Run run = Run.of(arguments(line));
        assertThat(run.code()).as(run.err()).isZero();
    }

    private static String[] arguments(String line) {
        return Arrays.stream(line.split(" ", -1))
                .map(word -> word.replace("@", folder.toString()).replace("KEY", KEY))
                .toArray(String[]::new);
    }

    /** All there is, with its length; a node that got as far as its store has a right to it. */
    private static Map<Path, Long> files() throws IOException {
        Map<Path, Long> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.filter(
                            path -> !OF_NODES.contains(path.getFileName().toString()))
                    .toList();
            for (Path path : paths) {
                files.put(path, Files.isDirectory(path) ? -1 : Files.size(path));
            }
        }
        return files;
    }
}
