package org.torpeer.transport.tor.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.childjvm.BlindDialer;
import org.torpeer.childjvm.LabKeeper;

/** What can only be seen from outside of a JVM: that a killed one leaves no tor, and that names are never resolved. */
@ExtendWith(SharedLab.class)
@Timeout(120)
class ChildJvmIT {
    @TempDir
    Path temporary;

    @Test
    void aKilledJvmLeavesNoTor() throws Exception {
        List<ProcessHandle> tors;
        long killed;
        try (ChildJvm child = ChildJvm.onModulePath(
                LabKeeper.class, List.of(), temporary.resolve("lab").toString())) {
            tors = Stream.of(child.awaitLine("TORS").split(" ", -1))
                    .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                    .toList();
            assertThat(tors).hasSize(5).allMatch(ProcessHandle::isAlive);
            killed = SharedLab.runtime().loop().nanoTime();
        }
        CompletableFuture.allOf(tors.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .get(30, TimeUnit.SECONDS);
        System.out.printf(
                "all tors were gone %.1f s after the kill%n",
                (SharedLab.runtime().loop().nanoTime() - killed) / 1e9);
    }

    /** A hosts file without the peer takes the place of every resolver. */
    @Test
    void dialsWithoutResolvingNames() throws IOException {
        Path hosts = Files.writeString(
                temporary.resolve("hosts"), BlindDialer.MARKER_ADDRESS + " " + BlindDialer.MARKER + "\n");
        try (Transport transport = SharedLab.open(1, Map.of());
                Listener listener = transport
                        .listen(new ListenRequest(SharedLab.newKey(), Endpoint.DEFAULT_PORT), ChildJvmIT::echo)
                        .toCompletableFuture()
                        .orTimeout(60, TimeUnit.SECONDS)
                        .join();
                ChildJvm child = ChildJvm.onClassPath(
                        BlindDialer.class,
                        List.of("-Djdk.net.hosts.file=" + hosts),
                        Literal.text(SharedLab.client(0).socks()),
                        listener.endpoint().toString(),
                        temporary.toString())) {
            assertThat(child.awaitLine("ECHO")).isEqualTo("7");
            assertThat(child.awaitLine("HOST")).isEqualTo("" + (int) 'x');
        }
    }

    private static void echo(Connection connection) {
        CompletionStage<Void> unused = connection
                .read()
                .thenCompose(connection::write)
                .thenRun(() -> echo(connection))
                .exceptionally(ended -> {
                    connection.close();
                    return null;
                });
    }
}
