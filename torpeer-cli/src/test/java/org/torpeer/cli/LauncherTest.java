package org.torpeer.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script at the root, beside a java and a mvn that only note how they are called. */
@EnabledOnOs(OS.LINUX)
final class LauncherTest {
    private static final List<String> TOOLS =
            List.of("bash", "dirname", "readlink", "sed", "find", "mkdir", "mv", "flock", "grep", "rm", "touch", "cat");

    @TempDir
    Path folder;

    private Path home = Path.of("");
    private Path tools = Path.of("");
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        home = Files.createDirectory(folder.resolve("a home"));
        tools = Files.createDirectory(folder.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), find(tool));
        }
        script(home.resolve("torpeer"), Files.readString(Path.of("../torpeer")));
        Files.createDirectories(home.resolve("torpeer-cli/src/main"));
        Files.writeString(home.resolve("pom.xml"), "");
        Files.writeString(home.resolve("torpeer-cli/pom.xml"), "");
        script(folder.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\nexit 7\n");
        release("17.0.1");
    }

    @Test
    @DisplayName("it builds once, again when sources are newer, and hands on arguments and exit code through any link")
    void buildsAndRuns() throws Exception {
        mvn("mkdir -p '" + home + "/torpeer-cli/target/lib'; touch '" + home
                + "/torpeer-cli/target/torpeer-cli-1.jar'");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a home/torpeer"));
        Result first = launch(link, "demo", "--json", "a b");
        assertThat(first.err()).isEqualToIgnoringNewLines("building TorPeer, a minute the first time ...");
        assertThat(first.out())
                .endsWith("<-m><org.torpeer.cli/org.torpeer.cli.Main><demo><--json><a b>")
                .contains("<-p><" + home.toRealPath() + "/torpeer-cli/target/lib:" + home.toRealPath()
                        + "/torpeer-cli/target/torpeer-cli-1.jar>")
                .contains("TieredStopAtLevel");
        assertThat(first.code()).isEqualTo(7);

        Result second = launch(link, "identity", "create");
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).doesNotContain("TieredStopAtLevel").doesNotContain("add-modules");

        Path source = Files.writeString(home.resolve("torpeer-cli/src/main/New.java"), "");
        FileTime built = Files.getLastModifiedTime(home.resolve("torpeer-cli/target/built"));
        Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plus(Duration.ofSeconds(5))));
        assertThat(launch(link).err()).startsWith("building TorPeer");
    }

    @Test
    @DisplayName("mining commands get vectors where the java has them, without its warning and with all other errors")
    void addsVectors() throws Exception {
        mvn("mkdir -p '" + home + "/torpeer-cli/target/lib'; touch '" + home
                + "/torpeer-cli/target/torpeer-cli-1.jar'");
        launch(home.resolve("torpeer"));
        Files.writeString(
                folder.resolve("jdk/release"),
                "JAVA_VERSION=\"25.0.3\"\nMODULES=\"java.base jdk.incubator.vector jdk.jfr\"\n");
        String warning = "WARNING: Using incubator modules: jdk.incubator.vector";
        script(
                folder.resolve("jdk/bin/java"),
                "#!/bin/sh\nprintf '<%s>' \"$@\"\necho '" + warning + "' >&2\necho 'an error' >&2\necho '" + warning
                        + "' >&2\nexit 7\n");
        for (String command : List.of("pow calibrate", "identity create", "identity raise", "node run")) {
            Result result = launch(home.resolve("torpeer"), command.split(" "));
            assertThat(result.code()).isEqualTo(7);
            assertThat(result.out()).contains("<--add-modules><jdk.incubator.vector>");
            awaitErrors("an error\n" + warning + "\n");
        }
        Result other = launch(home.resolve("torpeer"), "node", "status");
        assertThat(other.out()).doesNotContain("add-modules");
        assertThat(other.err()).isEqualTo(warning + "\nan error\n" + warning + "\n");
    }

    @Test
    @DisplayName("a module that the program does not carry is built and started with it where it is asked for")
    void addsModules() throws Exception {
        Path jar = home.resolve("torpeer-more/target/torpeer-more-1.jar");
        Path asked = folder.resolve("asked");
        mvn("mkdir -p '" + home + "/torpeer-cli/target/lib'; touch '" + home
                + "/torpeer-cli/target/torpeer-cli-1.jar'; echo \"$*\" >>'" + asked + "'");
        assertThat(launch(home.resolve("torpeer")).out()).doesNotContain("torpeer-more");
        environment.put("TORPEER_MODULES", "torpeer-more");
        Result wrong = launch(home.resolve("torpeer"));
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).hasLineCount(1).contains("there is no 'torpeer-more'");

        Files.createDirectories(home.resolve("torpeer-more/src/main"));
        Files.writeString(home.resolve("torpeer-more/pom.xml"), "");
        mvn("mkdir -p '" + home + "/torpeer-cli/target/lib' '" + jar.getParent() + "'; touch '" + home
                + "/torpeer-cli/target/torpeer-cli-1.jar' '" + jar + "'; echo \"$*\" >>'" + asked + "'");
        assertThat(launch(home.resolve("torpeer")).out())
                .contains(":" + jar.toRealPath() + ":" + home.toRealPath() + "/torpeer-more/target/lib><-m>");
        assertThat(Files.readAllLines(asked))
                .satisfiesExactly(
                        first -> assertThat(first).contains("-pl torpeer-cli -am"),
                        second -> assertThat(second).contains("-pl torpeer-cli,torpeer-more -am"));
        assertThat(launch(home.resolve("torpeer")).err()).as("built already").isEmpty();
        String[] worker = {"sim", "worker"};
        assertThat(launch(home.resolve("torpeer"), worker).out()).doesNotContain("unsafe-memory-access");
        release("25.0.1");
        assertThat(launch(home.resolve("torpeer"), worker).out()).contains("<--sun-misc-unsafe-memory-access=allow>");
        assertThat(launch(home.resolve("torpeer"), "node", "status").out()).doesNotContain("unsafe-memory-access");
        environment.remove("TORPEER_MODULES");
        assertThat(launch(home.resolve("torpeer"), worker).out()).doesNotContain("unsafe-memory-access");
    }

    @Test
    @DisplayName(
            "the first simulation on a newer java is rehearsed, and later ones start from that until the next build")
    void rehearsesSimulations() throws Exception {
        Path jar = rehearsing("echo a >\"${each#*=}\"");
        String[] run = {"sim", "run", "bootstrap"};
        assertThat(launch(home.resolve("torpeer"), "node", "status").out()).doesNotContain("AOTCache");
        assertThat(folder.resolve("rehearsal")).doesNotExist();

        String cache = "<-XX:AOTCache=" + home.toRealPath() + "/torpeer-cli/target/simulation-25.aot>";
        Result first = launch(home.resolve("torpeer"), run);
        assertThat(first.out()).contains(cache).endsWith("<sim><run><bootstrap>");
        assertThat(first.err()).startsWith("letting java watch a simulation");
        assertThat(folder.resolve("rehearsal")).content().contains("sim run bootstrap", "-XX:+UseParallelGC");
        Result second = launch(home.resolve("torpeer"), run);
        assertThat(second.out()).contains(cache);
        assertThat(second.err()).isEmpty();

        release("26");
        assertThat(launch(home.resolve("torpeer"), run).out()).contains("simulation-26.aot");
        Files.writeString(folder.resolve("jdk/release"), "JAVA_RUNTIME_VERSION=\"26.0.1+6-x\"\n", APPEND);
        assertThat(launch(home.resolve("torpeer"), run).out())
                .as("another java of that version")
                .contains("simulation-26.0.1+6-x.aot");
        release("17.0.15");
        assertThat(launch(home.resolve("torpeer"), run).out()).doesNotContain(".aot");
        release("25.0.1");
        Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
        assertThat(launch(home.resolve("torpeer"), run).err()).startsWith("letting java watch a simulation");
        try (Stream<Path> left = Files.list(home.resolve("torpeer-cli/target"))) {
            assertThat(left).noneMatch(each -> each.getFileName().toString().startsWith("rehearsal"));
        }
    }

    @Test
    @DisplayName("a rehearsal that fails is not repeated, and one that is stopped stops the program")
    void rehearsalsFail() throws Exception {
        rehearsing("exit 1");
        String[] run = {"sim", "run", "bootstrap"};
        Result first = launch(home.resolve("torpeer"), run);
        assertThat(first.code()).isZero();
        assertThat(first.out()).endsWith("<sim><run><bootstrap>").doesNotContain("AOTCache");
        Result second = launch(home.resolve("torpeer"), run);
        assertThat(second.err()).isEmpty();
        assertThat(second.out()).endsWith("<sim><run><bootstrap>").doesNotContain("AOTCache");

        Files.delete(home.resolve("torpeer-cli/target/simulation-25.aot"));
        // Not an interrupt, which whoever runs the tests in the background has made everybody ignore.
        rehearsing("kill -TERM $PPID; exit 0");
        Result stopped = launch(home.resolve("torpeer"), run);
        assertThat(stopped.code()).isEqualTo(143);
        assertThat(stopped.out()).isEmpty();
        assertThat(home.resolve("torpeer-cli/target/simulation-25.aot")).doesNotExist();
    }

    @Test
    @DisplayName("where nothing can be written and something is to be built, it says so in one line")
    void cannotWrite() throws Exception {
        Files.createDirectories(home.resolve("torpeer-cli"));
        Files.writeString(home.resolve("torpeer-cli/target"), "not a folder");
        Result refused = launch(home.resolve("torpeer"), "help");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err())
                .isEqualToIgnoringNewLines("torpeer: nothing can be written to " + home.toRealPath()
                        + "/torpeer-cli/target: build where it can, or make it writable");
    }

    /** A program that is built, and a java that does so when it is asked to remember what it sees. */
    private Path rehearsing(String how) throws Exception {
        Path jar = home.resolve("torpeer-cli/target/torpeer-cli-1.jar");
        mvn("mkdir -p '" + home + "/torpeer-cli/target/lib'; touch '" + jar + "'");
        release("25.0.1");
        script(folder.resolve("jdk/bin/java"), "#!/bin/sh\nprintf '<%s>' \"$@\"\n");
        launch(home.resolve("torpeer"), "help");
        script(
                folder.resolve("jdk/bin/java"),
                "#!/bin/sh\nfor each; do case $each in -XX:AOTCacheOutput=*) echo \"$*\" >'"
                        + folder.resolve("rehearsal") + "'; " + how + "; exit;; esac; done\nprintf '<%s>' \"$@\"\n");
        return jar;
    }

    /** This java does not wait for its errors to be written, as the program does. */
    private void awaitErrors(String expected) throws IOException {
        while (Files.size(folder.resolve("err")) < expected.length()) {
            Thread.onSpinWait();
        }
        assertThat(folder.resolve("err")).hasContent(expected);
    }

    @Test
    @DisplayName("a failed build is one line more, and is tried again")
    void tellsFailedBuilds() throws Exception {
        mvn("echo '[ERROR] it does not compile'; exit 1");
        for (int i = 0; i < 2; i++) {
            Result result = launch(home.resolve("torpeer"));
            assertThat(result.code()).isEqualTo(1);
            assertThat(result.out()).isEmpty();
            assertThat(result.err()).hasLineCount(2).contains("the build failed: [ERROR] it does not compile");
        }
    }

    @Test
    @DisplayName("what is missing is said in one line")
    void tellsWhatIsMissing() throws Exception {
        assertThat(launch(home.resolve("torpeer")).err()).hasLineCount(1).contains("there is no mvn");
        release("11.0.2");
        assertThat(launch(home.resolve("torpeer")).err()).hasLineCount(1).contains("is of version 11: install a JDK");
        Files.delete(folder.resolve("jdk/bin/java"));
        Result result = launch(home.resolve("torpeer"));
        assertThat(result.code()).isEqualTo(1);
        assertThat(result.err()).hasLineCount(1).contains("there is no java");
    }

    private record Result(int code, String out, String err) {}

    private Result launch(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(Path.of("/").toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("JAVA_HOME", folder.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    private void mvn(String commands) throws IOException {
        script(tools.resolve("mvn"), "#!" + find("bash") + "\n" + commands + "\n");
    }

    private void release(String version) throws IOException {
        Files.writeString(folder.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(
                file, text.replace("#!/usr/bin/env bash", "#!" + find("bash")).getBytes(StandardCharsets.UTF_8));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path find(String tool) {
        return Stream.of("/usr/bin", "/bin", "/usr/local/bin")
                .map(place -> Path.of(place, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow();
    }
}
