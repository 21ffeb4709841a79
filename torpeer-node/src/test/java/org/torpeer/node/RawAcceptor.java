package org.torpeer.node;

import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.handshake.AcceptorHandshake;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.proto.FrameReader;
import org.torpeer.transport.loopback.LoopbackNetwork;

/** An acceptor that goes through the handshake with whatever credentials, wherever it likes, and says no more. */
final class RawAcceptor implements AutoCloseable {
    private final NodeRuntime runtime = NodeRuntime.system("raw-acceptor");
    private final Transport transport;
    private final CompletableFuture<Void> accepted = new CompletableFuture<>();

    RawAcceptor(LoopbackNetwork network, Credentials credentials, int port, Random random) throws Exception {
        transport = network.attach(runtime);
        transport
                .listen(
                        new ListenRequest(credentials.key(), port),
                        connection -> serve(connection, credentials, random))
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    /** Waits until a dialer was let in. */
    void accepted() throws Exception {
        accepted.get(20, TimeUnit.SECONDS);
    }

    private void serve(Connection connection, Credentials credentials, Random random) {
        AcceptorHandshake handshake = new AcceptorHandshake(credentials, random);
        FrameReader reader = new FrameReader(FrameReader.BEFORE_AUTHENTICATION);
        message(connection, reader)
                .thenCompose(hello -> connection.write(FrameReader.frame(handshake.onHello(hello))))
                .thenCompose(sent -> message(connection, reader))
                .thenCompose(auth -> {
                    handshake.onAuth(auth);
                    return connection.write(FrameReader.frame(handshake.accept()));
                })
                .whenComplete((sent, failure) -> {
                    if (failure == null) {
                        accepted.complete(null);
                    } else {
                        accepted.completeExceptionally(new CompletionException(failure));
                    }
                });
    }

    private static CompletionStage<byte[]> message(Connection connection, FrameReader reader) {
        return connection.read().thenCompose(chunk -> {
            reader.feed(chunk);
            byte[] next = reader.next();
            return next == null ? message(connection, reader) : CompletableFuture.completedStage(next);
        });
    }

    @Override
    public void close() {
        transport.close();
        runtime.close();
    }
}
