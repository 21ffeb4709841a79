package org.torpeer.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Any modules of TorPeer, with what they require and no class path, make a program. */
final class ModuleCombinationsIT {
    private static final ModuleFinder SYSTEM = ModuleFinder.ofSystem();
    private static final ModuleFinder JARS = ModuleFinder.of(jars());

    private static final String PROBE = """
            import org.torpeer.api.lookup.Providers;

            public class Probe {
                public static void main(String[] modules) {
                    for (String module : modules) {
                        ModuleLayer.boot().findModule(module).orElseThrow();
                    }
                    System.out.println(Providers.transports().names() + "" + Providers.powAlgorithms().names()
                            + Providers.miners().names() + Providers.peerStores().names()
                            + Providers.transports().problems() + Providers.powAlgorithms().problems()
                            + Providers.miners().problems() + Providers.peerStores().problems());
                }
            }
            """;

    @TempDir
    Path folder;

    @Test
    @DisplayName("every set of modules resolves with nothing beside it but what it requires")
    void resolvesEverySet() {
        List<String> modules = JARS.findAll().stream()
                .map(module -> module.descriptor().name())
                .filter(name -> name.startsWith("org.torpeer."))
                .sorted()
                .toList();
        assertThat(modules).hasSizeBetween(8, 16);
        for (int set = 1; set < 1 << modules.size(); set++) {
            Set<String> roots = new TreeSet<>();
            for (int i = 0; i < modules.size(); i++) {
                if ((set >> i & 1) == 1) {
                    roots.add(modules.get(i));
                }
            }
            ModuleFinder only = ModuleFinder.of(required(roots));
            Configuration bound =
                    Configuration.empty().resolveAndBind(ModuleFinder.compose(only, SYSTEM), ModuleFinder.of(), roots);
            assertThat(names(bound)).as(roots.toString()).containsAll(roots);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "org.torpeer.api | [][][][][][][][]",
                "org.torpeer.api,org.torpeer.proto | [][][][][][][][]",
                "org.torpeer.pow | [][scrypt, sha256][kernel][][][][][]",
                "org.torpeer.transport.loopback | [loopback][][][][][][][]",
                "org.torpeer.http | [][][][][][][][]",
                "org.torpeer.node,org.torpeer.transport.loopback,org.torpeer.pow"
                        + " | [loopback][scrypt, sha256][kernel][memory, mvstore][][][][]",
                "org.torpeer.node,org.torpeer.transport.tor,org.torpeer.pow"
                        + " | [tor][scrypt, sha256][kernel][memory, mvstore][][][][]",
                "org.torpeer.cli,org.torpeer.transport.loopback,org.torpeer.pow"
                        + " | [loopback, tor][scrypt, sha256][kernel][memory, mvstore][][][][]"
            })
    @DisplayName("a JVM with these modules alone starts, and finds their providers")
    void startsWith(String modules, String found) throws Exception {
        Path probe = Files.writeString(folder.resolve("Probe.java"), PROBE);
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                Stream.of(required(Set.of(modules.split(","))))
                        .map(Path::toString)
                        .collect(Collectors.joining(":")),
                "--add-modules",
                modules,
                probe.toString()));
        command.addAll(List.of(modules.split(",")));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        // Which logger there is, is the user's choice; without one, the logging library says so.
        assertThat(output.lines().filter(line -> !line.startsWith("SLF4J(W): ")))
                .containsExactly(found);
        assertThat(process.exitValue()).isZero();
    }

    /** The jars of the modules and of all that they require, by name or by being automatic. */
    private static Path[] required(Set<String> roots) {
        Configuration resolved =
                Configuration.empty().resolve(ModuleFinder.compose(JARS, SYSTEM), ModuleFinder.of(), roots);
        return resolved.modules().stream()
                .map(ResolvedModule::reference)
                .filter(module -> JARS.find(module.descriptor().name()).isPresent())
                .map(ModuleCombinationsIT::jar)
                .toArray(Path[]::new);
    }

    private static Path jar(ModuleReference module) {
        return Path.of(module.location().orElseThrow());
    }

    private static Set<String> names(Configuration configuration) {
        return configuration.modules().stream().map(ResolvedModule::name).collect(Collectors.toSet());
    }

    private static Path[] jars() {
        try (Stream<Path> own = Files.list(Path.of("target"));
                Stream<Path> others = Files.list(Path.of("target/lib"))) {
            return Stream.concat(own, others)
                    .filter(file -> file.toString().endsWith(".jar"))
                    .map(Path::toAbsolutePath)
                    .toArray(Path[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
