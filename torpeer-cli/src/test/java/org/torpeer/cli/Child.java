package org.torpeer.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The program as a process of its own, from the module path as it is packaged. */
final class Child implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Path errors;

    private Child(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /**
     * @param temporary where it makes its temporary files
     */
    static Child start(Path temporary, String... arguments) throws IOException {
        return startWith(List.of(), temporary, arguments);
    }

    /**
     * @param more jars on the module path that the program does not come with
     */
    static Child startWith(List<Path> more, Path temporary, String... arguments) throws IOException {
        return start(List.of(), more, temporary, arguments);
    }

    /** As {@link #start}, of a program none of whose files can grow beyond so many KiB. */
    static Child startLimited(int kib, Path temporary, String... arguments) throws IOException {
        return start(
                List.of("bash", "-c", "ulimit -f " + kib + " && exec \"$@\"", "bash"), List.of(), temporary, arguments);
    }

    private static Child start(List<String> before, List<Path> more, Path temporary, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-p",
                modulePath(more),
                "-m",
                "org.torpeer.cli/org.torpeer.cli.Main"));
        command.addAll(List.of(arguments));
        Path errors = Files.createTempFile(temporary.getParent(), "stderr", ".txt");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        Child child = new Child(builder.redirectError(errors.toFile()).start(), errors);
        Thread reader = new Thread(child::read, "child-output");
        reader.setDaemon(true);
        reader.start();
        return child;
    }

    /** The packaged program and all it needs. */
    static List<Path> jars() {
        try (Stream<Path> own = Files.list(Path.of("target"));
                Stream<Path> others = Files.list(Path.of("target/lib"))) {
            return Stream.concat(
                            own.filter(file ->
                                    file.getFileName().toString().matches("torpeer-cli-[^-]*(-SNAPSHOT)?\\.jar")),
                            others)
                    .map(Path::toAbsolutePath)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String modulePath(List<Path> more) {
        return Stream.concat(jars().stream(), more.stream()).map(Path::toString).collect(Collectors.joining(":"));
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("(reading failed: " + e.getMessage() + ")");
        }
    }

    /** The next line of which this is true. */
    String await(Predicate<String> wanted) throws IOException, InterruptedException {
        List<String> seen = new ArrayList<>();
        while (true) {
            String line = lines.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (line == null) {
                throw new AssertionError("no such line after " + seen + ", errors: " + errors());
            }
            if (wanted.test(line)) {
                return line;
            }
            seen.add(line);
        }
    }

    /** The exit code. */
    int end() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("still running, errors: " + errors());
        }
        return process.exitValue();
    }

    String errors() throws IOException {
        return Files.readString(errors);
    }

    /** How much of a processor's time it has taken, zero if nobody knows. */
    Duration busy() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    boolean alive() {
        return process.isAlive();
    }

    /** SIGTERM. */
    void terminate() {
        process.destroy();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
