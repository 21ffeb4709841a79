package org.torpeer.transport.tor.internal;

import java.util.function.Consumer;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Listener;
import org.torpeer.api.spi.transport.TransportException;

/** How onion services come about. */
interface Services {
    /**
     * Blocks until the service can be dialed.
     *
     * @throws TransportException with failure LOCAL if it cannot be brought up
     */
    Listener open(ListenRequest request, Consumer<Connection> acceptor);

    /**
     * Brings what is open up again on a tor that forgot it; blocks until it can be dialed.
     *
     * @throws TransportException with failure LOCAL if that fails
     */
    default void restore(ControlClient control) {}

    /** For a tor that can only be dialed through. */
    static Services none() {
        return (request, acceptor) -> {
            throw Local.failure("listening needs tor's control port or an onion service set up in its torrc:"
                    + " set 'control', or 'service-dir' and 'service-target'");
        };
    }
}
