package org.torpeer.transport.tor.internal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Another JVM with what this one has on its paths. */
final class ChildJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;

    private ChildJvm(Process process) {
        this.process = process;
        this.output = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Everything on the class path. */
    static ChildJvm onClassPath(Class<?> main, List<String> options, String... arguments) throws IOException {
        List<Path> all = new ArrayList<>(jars());
        all.add(rootOf(main));
        return start(options, List.of("-cp", joined(all), main.getName()), arguments);
    }

    /** Everything but the test's own class on the module path. */
    static ChildJvm onModulePath(Class<?> main, List<String> options, String... arguments) throws IOException {
        // Libraries of tests alone are left out: some of them cannot be modules together.
        List<Path> modules = jars().stream().filter(ChildJvm::isOurs).toList();
        List<String> launch = List.of(
                "-p",
                joined(modules),
                "--add-modules",
                "org.torpeer.transport.tor",
                "-cp",
                rootOf(main).toString(),
                main.getName());
        return start(options, launch, arguments);
    }

    private static ChildJvm start(List<String> options, List<String> launch, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(launch);
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The rest of the next line that starts with the word; fails if the process ends before. */
    String awaitLine(String word) throws IOException {
        List<String> before = new ArrayList<>();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(word + " ")) {
                return line.substring(word.length() + 1);
            }
            before.add(line);
        }
        throw new AssertionError("the child said no '" + word + "' but " + before);
    }

    /** As {@code kill -9}. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static boolean isOurs(Path path) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        return Stream.of("torpeer-api", "torpeer-transport-tor", "jtorctl", "kmp-tor", "slf4j")
                        .anyMatch(name::contains)
                && !name.contains("test-classes");
    }

    private static List<Path> jars() {
        return Stream.of("java.class.path", "jdk.module.path")
                .map(property -> System.getProperty(property, ""))
                .flatMap(paths -> Stream.of(paths.split(File.pathSeparator, -1)))
                .filter(path -> !path.isEmpty())
                .map(Path::of)
                .filter(Files::exists)
                .distinct()
                .toList();
    }

    private static Path rootOf(Class<?> type) {
        String file = type.getName().replace('.', '/') + ".class";
        try {
            Path path =
                    Path.of(Objects.requireNonNull(type.getResource("/" + file)).toURI());
            for (int i = 0; i <= file.chars().filter(c -> c == '/').count(); i++) {
                path = Objects.requireNonNull(path.getParent());
            }
            return path;
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static String joined(List<Path> paths) {
        return paths.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
