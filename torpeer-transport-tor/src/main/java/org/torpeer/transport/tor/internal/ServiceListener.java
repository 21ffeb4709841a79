package org.torpeer.transport.tor.internal;

import java.util.concurrent.atomic.AtomicBoolean;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.Listener;

/** A listener whose close does something once. */
final class ServiceListener implements Listener {
    private final Endpoint endpoint;
    private final Runnable onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    ServiceListener(Endpoint endpoint, Runnable onClose) {
        this.endpoint = endpoint;
        this.onClose = onClose;
    }

    @Override
    public Endpoint endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            onClose.run();
        }
    }
}
