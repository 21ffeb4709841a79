package org.torpeer.pow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Another JVM with everything this test runs with, on its class path. */
final class ChildJvm {
    private final Path output;

    /** @param output a file for what it prints */
    ChildJvm(Path output) {
        this.output = output;
    }

    Process start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--class-path");
        command.add(classPath());
        command.addAll(arguments);
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    /** What it printed, once it ended well. */
    String run(List<String> arguments, long time, TimeUnit unit) throws IOException, InterruptedException {
        Process process = start(arguments);
        try {
            assertThat(process.waitFor(time, unit)).as("ended in time").isTrue();
        } finally {
            process.destroyForcibly();
        }
        String printed = Files.readString(output);
        assertThat(process.exitValue()).as(printed).isZero();
        return printed;
    }

    private static String classPath() {
        try {
            Path own = Path.of(Objects.requireNonNull(ChildJvm.class.getResource("ChildJvm.class"))
                            .toURI())
                    .resolve("../../../..")
                    .normalize();
            return String.join(
                    File.pathSeparator,
                    own.toString(),
                    System.getProperty("jdk.module.path", ""),
                    System.getProperty("java.class.path"));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
