package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the commands of simulations refuse, and how: 2 where they were given something wrong, 1 where it went wrong. */
@EnabledOnOs(OS.LINUX)
final class SimExitCodesTest {
    /** Words of libraries and of Java, which mean nothing to who reads them. */
    private static final String LEAKED =
            "(?s).*(Exception|java\\.|PT[0-9]|2147483647|a long|an int\\b|oken|JsonP|null).*";

    /** The folder that no command may leave behind, and one that nobody can make. */
    private static final String OUT = "OUT";

    private static final String NOWHERE = "/proc/nowhere/out";

    @TempDir
    static Path folder;

    private record Case(int code, String command, String says) {}

    @BeforeEach
    void layOut() throws IOException {
        Files.createDirectories(folder.resolve("full"));
        Files.writeString(folder.resolve("full/mine"), "mine");
        Files.write(folder.resolve("binary"), new byte[] {0, (byte) 0xff, 1});
        Files.writeString(folder.resolve("text"), "good morning\n");
        Files.writeString(folder.resolve("cut"), "{\n \"schema\" : \"torpeer.run/1\",\n \"con");
        Files.writeString(folder.resolve("foreign"), "{ \"schema\" : \"other\" }");
        if (!Files.isSymbolicLink(folder.resolve("link"))) {
            Files.createSymbolicLink(folder.resolve("link"), folder.resolve("unplugged"));
        }
        Path run = folder.resolve("good");
        if (!Files.exists(run)) {
            assertThat(Run.of("sim", "run", "flash-crowd", "--nodes", "3", "--out", run.toString())
                            .code())
                    .isZero();
        }
        String good = Files.readString(run.resolve("run.json"));
        Files.writeString(folder.resolve("nodes"), good.replace("\"nodes\" : 3", "\"nodes\" : 99999999999"));
        Files.writeString(folder.resolve("number"), good.replace("\"seed\" : 1", "\"seed\" : 99999999999999999999"));
        Files.writeString(folder.resolve("hash"), good.replaceAll("(\"traceHash\" : \")[0-9a-f]{4}", "$1beef"));
    }

    private static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        wrong(cases, "run", "Missing required parameter");
        wrong(cases, "run none", "there is no scenario 'none'; there is bootstrap, ");
        wrong(cases, "run ./none.scenario", "cannot read ./none.scenario: check that it exists");
        wrong(cases, "run ./text", "text:1: a line is key = value");
        wrong(cases, "run ./binary", "binary is not text in UTF-8");
        wrong(cases, "run .", "cannot read ");
        wrong(cases, "run churn --nodes 1", "--nodes: nodes = 1: it is a whole number from 2 to 200000");
        wrong(cases, "run churn --nodes 99999999999", "it is a whole number from 2 to 200000");
        wrong(cases, "run churn --nodes", "Missing required parameter for option '--nodes'");
        wrong(cases, "run churn --seed one", "option '--seed': 'one' is not a whole number");
        wrong(cases, "run churn --seed 99999999999999999999", "'--seed': '99999999999999999999' is out of range");
        wrong(cases, "run churn --seeds 0", "an experiment has 1 to 10000 seeds, not 0");
        wrong(cases, "run churn --seeds 99999999999", "option '--seeds': '99999999999' is out of range");
        wrong(cases, "run churn --seed 9223372036854775807 --seeds 2", "there are seeds up to 9223372036854775807");
        wrong(cases, "run churn --crypto rot13", "there is no crypto 'rot13'; there is real, simulated");
        wrong(cases, "run churn --duration 30", "--duration 30: it is a time of 0 or more with its unit, such as 90 s");
        wrong(cases, "run churn --duration 99999999d", "it is at most 36500 d");
        wrong(cases, "run churn --duration 0s", "--duration 0s: a run lasts longer than nothing");
        wrong(cases, "run churn --set lasts=0s", "--set: lasts: a run lasts longer than nothing");
        wrong(cases, "run churn --set about=", "--set: the value of about is 1 to 1000 visible characters");
        wrong(cases, "run churn --set about=a#b", "--set: the value of about is 1 to 1000 visible characters, none of");
        wrong(cases, "run churn --set nodes", "--set nodes: it is KEY=VALUE");
        wrong(cases, "run churn --set nodes=3 --set nodes=4", "nodes is set twice");
        wrong(
                cases,
                "run churn --set noodles=3",
                "--set: there is no key 'noodles': did you mean nodes? (all keys: sim show --keys)");
        wrong(cases, "run churn --set links.dial-failure=1.2", "it is a number from 0 to 1");
        wrong(cases, "run churn --set links.connect=-2s", "it is a latency: a time such as 2 s");
        wrong(cases, "run churn --set links.connect=2s_to_1s", "a latency is drawn from 0 or more up, not down");
        wrong(
                cases,
                "run churn --set links.connect=median_9s,_p99_3s",
                "a lognormal latency has a positive median below its p99");
        wrong(
                cases,
                "run partition --set partition.heals=5min",
                "a partition heals after it begins, which is at 10 min");
        wrong(cases, "run churn --nodes 200000", " with smaller books, such as books.mature=32 (or give java more");
        wrong(cases, "run churn --events", "--events needs --out DIR");
        wrong(cases, "run churn --out ./full", "full is not empty: name a new folder");
        wrong(cases, "run churn --out ./link", "link is not a folder: name a new one");
        wrong(cases, "run churn --out a\0b", "cannot be the name of a file here");
        wrong(cases, "run a\0b", "cannot be the name of a file here");
        wrong(
                cases,
                "run churn --set churn.absence=0s --set churn.session=0s_to_1ns",
                "churn.session and churn.absence take a second or more together");
        wrong(cases, "run churn --out ./text", "text is not a folder: name a new one");
        wrong(cases, "run churn --out ./text/below", "text is not a folder: name a new one");
        failed(cases, "run churn --out " + NOWHERE, "cannot write to the folder " + NOWHERE + ": ");

        wrong(cases, "show", "torpeer sim show: Missing required argument (specify one of these): (NAME | --keys)");
        wrong(cases, "show churn --keys", "mutually exclusive");
        wrong(cases, "show none", "there is no scenario 'none'");

        wrong(cases, "replay ./none", "none: check that it exists and is readable");
        wrong(cases, "replay .", ": check that it exists and is readable");
        wrong(cases, "replay ./text", "text holds no run: it is not JSON as simulations write it, see line 1");
        wrong(cases, "replay ./binary", "binary holds no run: it is not JSON as simulations write it, see line 1");
        wrong(cases, "replay ./cut", "cut holds no run: it is not JSON, for it ends in the middle in line 3");
        wrong(cases, "replay ./foreign", "foreign holds no run: its schema is not torpeer.run/1");
        wrong(cases, "replay ./nodes", "a run has 2 to 200000 nodes, not 99999999999");
        wrong(cases, "replay ./number", "number holds no run: it is not JSON as simulations write it, see line ");
        failed(cases, "replay ./hash", "1 of 1 runs went another way");

        wrong(cases, "sweep --scenario churn", "Missing required option: '--out=DIR'");
        wrong(cases, "sweep --out OUT", "a sweep needs a scenario: --scenario NAME or FILE");
        wrong(cases, "sweep ./none --out OUT", "cannot read ");
        wrong(cases, "sweep ./binary --out OUT", "binary is not text in UTF-8");
        wrong(cases, "sweep --scenario churn --vary nodes --out OUT", "--vary nodes: it is KEY=VALUES");
        wrong(cases, "sweep --scenario churn --vary nodes=1 --out OUT", "--vary: nodes = 1: it is a whole number");
        wrong(cases, "sweep --scenario churn --vary seed=5..1 --out OUT", "a range goes up");
        wrong(cases, "sweep --scenario churn --vary seed=1..99999999 --out OUT", "has at most 100000 numbers");
        wrong(cases, "sweep --scenario churn --vary nodes=3 --vary nodes=4 --out OUT", "nodes is given twice");
        wrong(cases, "sweep --scenario churn --vary nodes=200000 --out OUT", " nodes fit");
        wrong(cases, "sweep --scenario churn --engine none --out OUT", "there is no sweep engine named 'none'");
        wrong(cases, "sweep --scenario churn --members 127.0.0.1:1 --out OUT", "local has no members");
        wrong(cases, "sweep --scenario churn --out ./full", "full is not empty: name a new folder");
        wrong(cases, "sweep --scenario churn --out ./text", "text is not a folder: name a new one");
        failed(cases, "sweep --scenario churn --out " + NOWHERE, "cannot write to the folder " + NOWHERE + ": ");

        wrong(
                cases,
                "sweep --scenario churn --engine hazelcast --members 127.0.0.1:1 --out OUT",
                "start the program as TORPEER_MODULES=torpeer-sim-hazelcast");
        wrong(cases, "worker", "start the program as TORPEER_MODULES=torpeer-sim-hazelcast");
        wrong(cases, "worker --engine none", "there is no sweep engine named 'none'");
        wrong(cases, "worker --engine local --listen nowhere", "an address is HOST:PORT such as 127.0.0.1:8080");
        wrong(cases, "worker --engine local", "local has no workers");
        wrong(cases, "validate --seed one", "option '--seed': 'one' is not a whole number");
        wrong(cases, "list --yaml", "Unknown option: '--yaml'");
        return cases;
    }

    private static void wrong(List<Case> cases, String command, String says) {
        cases.add(new Case(Program.WRONG_USAGE, command, says));
    }

    private static void failed(List<Case> cases, String command, String says) {
        cases.add(new Case(Program.FAILED, command, says));
    }

    @TestFactory
    @DisplayName("each has its exit code, one line that says what to do, and leaves nothing behind")
    Stream<DynamicTest> refusals() {
        return cases().stream().map(each -> DynamicTest.dynamicTest(each.command(), () -> refused(each)));
    }

    private static void refused(Case each) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("sim"));
        Stream.of(each.command().split(" ", -1))
                .map(word -> word.replace('_', ' '))
                .map(word -> word.equals(OUT) ? folder.resolve("new/out").toString() : word)
                .map(word -> word.startsWith("./") || word.equals(".")
                        ? folder.resolve(word).toString()
                        : word)
                .forEach(arguments::add);
        Run run = Run.of(arguments.toArray(String[]::new));
        String says = each.says().replace("./", folder + "/./");
        List<String> lines = run.err()
                .lines()
                .filter(line -> line.startsWith("torpeer sim "))
                .toList();
        assertThat(lines).as(run.err()).hasSize(1);
        assertThat(lines.get(0)).contains(says).doesNotMatch(LEAKED);
        assertThat(run.code()).isEqualTo(each.code());
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("link")).isSymbolicLink();
        assertThat(folder.resolve("full")).isDirectoryContaining("glob:**mine");
        try (Stream<Path> files = Files.list(folder.resolve("full"))) {
            assertThat(files).hasSize(1);
        }
    }
}
