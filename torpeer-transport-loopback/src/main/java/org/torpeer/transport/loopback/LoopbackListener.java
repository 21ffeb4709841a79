package org.torpeer.transport.loopback;

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

    void arrive(LoopbackDial dial, Route route) {
        transport.loop().schedule(route.outward(), () -> accept(dial, route));
    }

    private void accept(LoopbackDial dial, Route route) {
        if (transport.isDown() || transport.isSeparatedFrom(dial.transport())) {
            dial.answer(TransportFailure.UNREACHABLE, route.back());
            return;
        }
        LoopbackConnection accepted =
                LoopbackConnection.pair(endpoint.peer(), transport, dial.transport(), route.line());
        if (closed || !transport.adopt(accepted)) {
            dial.answer(TransportFailure.REFUSED, route.back());
            return;
        }
        if (route.lifetime() != null) {
            accepted.breakAfter(route.lifetime());
        }
        dial.answer(accepted.other(), route.back());
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
