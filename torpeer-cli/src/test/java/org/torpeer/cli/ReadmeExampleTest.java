package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example a newcomer copies out of the README. */
final class ReadmeExampleTest {
    private static final String IMPORTS = """
            import static java.nio.charset.StandardCharsets.UTF_8;
            import java.nio.file.Path;
            import java.time.Duration;
            import java.util.List;
            import java.util.concurrent.CompletableFuture;
            import org.torpeer.api.*;
            import org.torpeer.node.TorPeer;
            """;

    @Test
    @DisplayName("the README's example has eight lines and compiles")
    void compiles(@TempDir Path folder) throws Exception {
        List<String> example = example();
        assertThat(example).hasSizeLessThanOrEqualTo(8);
        Path source = folder.resolve("Example.java");
        Files.writeString(
                source,
                IMPORTS + "class Example { static void run(String seed, byte[] hello) throws Exception {\n"
                        + String.join("\n", example) + "\n}}\n");
        Process compiler = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "javac").toString(),
                        "-Xlint:all",
                        "-Werror",
                        "-proc:none",
                        "-d",
                        folder.toString(),
                        "-cp",
                        classPath(),
                        source.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(compiler.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(compiler.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said).isEmpty();
        assertThat(folder.resolve("Example.class")).exists();
    }

    private static List<String> example() throws Exception {
        List<String> lines = new ArrayList<>();
        boolean inside = false;
        for (String line : Files.readAllLines(Path.of("..", "README.md"))) {
            if (line.equals("```java")) {
                inside = true;
            } else if (inside && line.equals("```")) {
                return lines;
            } else if (inside) {
                lines.add(line);
            }
        }
        throw new AssertionError("the README has no example");
    }

    private static String classPath() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .filter(path -> !path.isEmpty())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
