package org.torpeer.cli.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class ProvidersDeclaredTest {
    @Test
    @DisplayName("what a module provides on the module path, it provides on the class path too")
    void declaresTheSameTwice() {
        Map<String, Map<String, Set<String>>> modules = new TreeMap<>();
        Map<String, Map<String, Set<String>>> services = new TreeMap<>();
        for (BuiltModule module : BuiltModule.all()) {
            modules.put(module.descriptor().name(), provided(module.descriptor()));
            services.put(module.descriptor().name(), listed(module.classes().resolve("META-INF/services")));
        }
        assertThat(services).isEqualTo(modules);
        assertThat(modules.keySet())
                .contains(
                        "org.torpeer.api",
                        "org.torpeer.cli",
                        "org.torpeer.http",
                        "org.torpeer.node",
                        "org.torpeer.pow",
                        "org.torpeer.proto",
                        "org.torpeer.sim",
                        "org.torpeer.transport.loopback",
                        "org.torpeer.transport.tor");
        assertThat(modules.get("org.torpeer.transport.tor")).isNotEmpty();
        assertThat(modules.get("org.torpeer.transport.loopback")).isNotEmpty();
        assertThat(modules.get("org.torpeer.pow")).hasSize(2);
        assertThat(modules.get("org.torpeer.sim")).containsOnlyKeys("org.torpeer.sim.spi.SweepEngine");
    }

    private static Map<String, Set<String>> provided(ModuleDescriptor module) {
        return module.provides().stream()
                .collect(Collectors.toMap(
                        ModuleDescriptor.Provides::service, provides -> new TreeSet<>(provides.providers())));
    }

    private static Map<String, Set<String>> listed(Path folder) {
        Map<String, Set<String>> listed = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return listed;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                listed.put(
                        String.valueOf(file.getFileName()),
                        Files.readAllLines(file).stream()
                                .map(String::strip)
                                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                                .collect(Collectors.toCollection(TreeSet::new)));
            }
            return listed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
