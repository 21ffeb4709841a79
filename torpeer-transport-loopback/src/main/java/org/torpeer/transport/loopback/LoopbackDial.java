package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** A dial on its way. It ends once: with the first of answer, timeout and the transport's close. */
final class LoopbackDial {
    private final LoopbackTransport transport;
    private final Endpoint target;
    private final CompletableFuture<Connection> result = new CompletableFuture<>();

    LoopbackDial(LoopbackTransport transport, Endpoint target) {
        this.transport = transport;
        this.target = target;
    }

    void start(Duration timeout) {
        Cancellable timer = transport.loop().schedule(timeout, () -> fail(TransportFailure.TIMEOUT));
        result().whenComplete((connection, failure) -> {
            timer.cancel();
            transport.forget(this);
        });
    }

    LoopbackTransport transport() {
        return transport;
    }

    Endpoint target() {
        return target;
    }

    CompletionStage<Connection> result() {
        return result;
    }

    void answer(TransportFailure failure, Duration latency) {
        transport.loop().schedule(latency, () -> fail(failure));
    }

    void answer(LoopbackConnection connection, Duration latency) {
        transport.loop().schedule(latency, () -> succeed(connection));
    }

    void fail(TransportFailure failure) {
        if (result.completeExceptionally(new TransportException(failure, explain(failure)))) {
            transport.network().observer().dialed(transport.runtime(), target, failure);
        }
    }

    private void succeed(LoopbackConnection connection) {
        // Whoever dialed may have given up meanwhile: then nobody would ever close it.
        if (!transport.adopt(connection) || !result.complete(connection)) {
            connection.close();
            return;
        }
        transport.network().observer().dialed(transport.runtime(), target, null);
    }

    private String explain(TransportFailure failure) {
        return switch (failure) {
            case NOT_FOUND -> "nobody listens under " + target.peer() + " on this network";
            case REFUSED -> target + " refuses the connection";
            case TIMEOUT -> target + " did not answer in time";
            case LOCAL -> "the dial was given up on this side";
            default -> target + " cannot be dialed: " + failure;
        };
    }
}
