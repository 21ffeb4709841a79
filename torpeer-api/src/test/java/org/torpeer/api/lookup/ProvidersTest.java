package org.torpeer.api.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.spi.NamedProvider;
import org.torpeer.api.spi.transport.TransportProvider;

final class ProvidersTest {
    private record Named(String name) implements NamedProvider {}

    /** What a service loader does for the next provider: makes it, or throws. */
    private interface Step {
        Named next();
    }

    @Test
    @DisplayName("providers are found by name and listed in order")
    void findsByName() {
        Named tor = new Named("tor");
        Providers<Named> providers = providers(() -> tor, () -> new Named("loopback"));
        assertThat(providers.names()).containsExactly("loopback", "tor");
        assertThat(providers.require("tor")).isSameAs(tor);
        assertThat(providers.problems()).isEmpty();
    }

    @Test
    @DisplayName("an unknown name's message lists what there is")
    void listsWhatThereIs() {
        Providers<Named> providers = providers(() -> new Named("tor"), () -> new Named("carrier-pigeon"));
        assertThatThrownBy(() -> providers.require("i2p"))
                .isInstanceOf(ProviderNotFoundException.class)
                .hasMessage("there is no transport named 'i2p'; there is carrier-pigeon, tor");
    }

    @Test
    @DisplayName("a known name's message says which module is missing")
    void namesTheMissingModule() {
        assertThatThrownBy(() -> providers().require("tor"))
                .isInstanceOf(ProviderNotFoundException.class)
                .hasMessage("there is no transport named 'tor'; none is present; add the module torpeer-transport-tor");
        assertThatThrownBy(() -> Providers.peerStores().require("mvstore")).hasMessageContaining("torpeer-node");
        assertThatThrownBy(() -> Providers.powAlgorithms().require("scrypt")).hasMessageContaining("torpeer-pow");
        assertThatThrownBy(() -> Providers.miners().require("kernel")).hasMessageContaining("torpeer-pow");
    }

    @Test
    @DisplayName("a provider that breaks is reported, and those around it work")
    void reportsBrokenProviders() {
        Providers<Named> providers = providers(
                () -> new Named("first"),
                () -> {
                    throw new ServiceConfigurationError("no such class");
                },
                () -> {
                    throw new NoClassDefFoundError("a library is missing");
                },
                () -> {
                    throw new IllegalStateException("constructor failed");
                },
                () -> new Named("last"));
        assertThat(providers.names()).containsExactly("first", "last");
        assertThat(providers.problems()).containsExactly("no such class", "a library is missing", "constructor failed");
        assertThatThrownBy(() -> providers.require("other"))
                .hasMessageContaining("not usable: no such class")
                .hasMessageContaining("not usable: constructor failed");
    }

    @Test
    @DisplayName("of two providers of one name the first is used and the other reported")
    void reportsDuplicates() {
        Named first = new Named("tor");
        Providers<Named> providers = providers(() -> first, () -> new Named("tor"));
        assertThat(providers.require("tor")).isSameAs(first);
        assertThat(providers.problems()).singleElement().asString().contains("two providers are named tor");
    }

    @Test
    @DisplayName("a services file that names an absent class and one that is no provider are reported, not fatal")
    void survivesBrokenServicesFile(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.write(
                services.resolve(TransportProvider.class.getName()),
                List.of("org.example.Absent", "java.lang.StringBuffer", "org.example.AbsentToo"));
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
            thread.setContextClassLoader(loader);
            Providers<TransportProvider> providers = Providers.transports();
            assertThat(providers.names()).isEmpty();
            assertThat(providers.problems())
                    .anySatisfy(problem -> assertThat(problem).contains("org.example.Absent "))
                    .anySatisfy(problem -> assertThat(problem).contains("org.example.AbsentToo "));
            assertThatThrownBy(() -> providers.require("tor"))
                    .isInstanceOf(ProviderNotFoundException.class)
                    .hasMessageContaining("add the module torpeer-transport-tor")
                    .hasMessageContaining("org.example.Absent");
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** As a service loader yields them: one by one, each possibly throwing instead. */
    private static Providers<Named> providers(Step... found) {
        Deque<Step> left = new ArrayDeque<>(List.of(found));
        return new Providers<>("transport", new Iterator<>() {
            @Override
            public boolean hasNext() {
                return !left.isEmpty();
            }

            @Override
            public Named next() {
                return left.remove().next();
            }
        });
    }
}
