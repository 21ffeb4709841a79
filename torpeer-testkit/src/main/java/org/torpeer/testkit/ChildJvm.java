package org.torpeer.testkit;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another process of the same Java, with all that this one can load on its class path: to be killed, or starved. */
public final class ChildJvm {
    private ChildJvm() {}

    /**
     * What starts the process. Its errors go where this one's go, its output to the reader.
     *
     * @param main with a {@code main} method; found wherever it was compiled to
     */
    public static ProcessBuilder running(Class<?> main, List<String> jvmOptions, String... arguments) {
        return running(main, main.getName(), jvmOptions, arguments);
    }

    /**
     * As {@link #running(Class, List, String...)}, of a main class that is known by name only.
     *
     * @param neighbour a class from where the test is compiled to
     */
    public static ProcessBuilder running(
            Class<?> neighbour, String main, List<String> jvmOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", classPath(neighbour), main));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }

    /** Module path and class path of this process as one class path, behind where the class was compiled to. */
    public static String classPath(Class<?> neighbour) {
        return String.join(
                File.pathSeparator,
                root(neighbour).toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    /** A class that a test patched into a module is in another folder than its module. */
    private static Path root(Class<?> type) {
        String name = type.getName();
        URL file = type.getResource(name.substring(name.lastIndexOf('.') + 1) + ".class");
        if (file == null) {
            throw new IllegalStateException(name + " is not in a file");
        }
        try {
            return "jar".equals(file.getProtocol())
                    ? Path.of(URI.create(
                            file.getPath().substring(0, file.getPath().indexOf("!/"))))
                    : Path.of(file.toURI())
                            .resolve("../".repeat(name.split("\\.", -1).length))
                            .normalize();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(name + " is in a strange place", e);
        }
    }
}
