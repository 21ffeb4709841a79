package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.function.Consumer;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.TransportFailure;

/** Accepts, on its transport's loop, the dials that arrive. */
final class LoopbackListener implements Listener {
    private final LoopbackTransport transport;
    private final Endpoint endpoint;
    private final Consumer<Connection> acceptor;
    private volatile boolean closed;

    LoopbackListener(LoopbackTransport transport, Endpoint endpoint, Consumer<Connection> acceptor) {
        this.transport = transport;
        this.endpoint = endpoint;
        this.acceptor = acceptor;
    }

    void arrive(LoopbackDial dial, Duration latency) {
        transport.loop().schedule(latency, () -> accept(dial));
    }

    private void accept(LoopbackDial dial) {
        Duration latency = transport.network().latency();
        LoopbackConnection accepted = LoopbackConnection.pair(endpoint.peer(), transport, dial.transport());
        if (closed || !transport.adopt(accepted)) {
            dial.answer(TransportFailure.REFUSED, latency);
            return;
        }
        dial.answer(accepted.other(), latency);
        try {
            acceptor.accept(accepted);
        } catch (RuntimeException e) {
            accepted.close();
            throw e;
        }
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        closed = true;
        transport.forget(this);
    }
}
