package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabClient;
import org.torpeer.transport.tor.TorLabOptions;

/** One lab for all test classes of a run; closed after the last. */
public final class SharedLab implements BeforeAllCallback {
    private static @Nullable Held held;

    @Override
    public void beforeAll(ExtensionContext context) {
        held = context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .computeIfAbsent(SharedLab.class, key -> new Held(), Held.class);
    }

    static NodeRuntime runtime() {
        return lab().runtime;
    }

    /** Where the lab keeps its files. */
    static Path folder() {
        return lab().folder.resolve("lab");
    }

    static TorLabClient client(int index) {
        return lab().lab.clients().get(index);
    }

    static SeededKey newKey() {
        return new SeededKey(lab().random);
    }

    /** Opens the transport of a client, with further settings. */
    static Transport open(int client, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(client(client).settings());
        settings.putAll(more);
        return open(settings);
    }

    static Transport open(Map<String, String> settings) {
        return Providers.transports()
                .require("tor")
                .open(new TransportContext(settings, lab().folder, runtime()))
                .await(Duration.ofMinutes(1));
    }

    private static Held lab() {
        if (held == null) {
            throw new IllegalStateException("the test class is not extended with SharedLab");
        }
        return held;
    }

    private static final class Held implements AutoCloseable {
        private final NodeRuntime runtime = NodeRuntime.system("shared-lab");
        private final Random random = TestSeed.random("SharedLab");
        private final Path folder;
        private final TorLab lab;

        Held() {
            try {
                folder = Files.createTempDirectory("torpeer-it");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            long start = runtime.loop().nanoTime();
            lab = TorLab.start(TorLabOptions.in(folder.resolve("lab")), runtime).await(Duration.ofMinutes(3));
            System.out.printf("the lab was up after %.1f s%n", (runtime.loop().nanoTime() - start) / 1e9);
        }

        @Override
        public void close() throws IOException {
            lab.close();
            runtime.close();
            Folders.delete(folder);
        }
    }
}
