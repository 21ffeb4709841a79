package org.torpeer.api.spi.transport;

import java.util.Set;
import org.torpeer.api.Operation;
import org.torpeer.api.spi.NamedProvider;

/** Opens transports of one kind; found by name through {@link java.util.ServiceLoader}. */
public interface TransportProvider extends NamedProvider {
    /** What a transport of this kind can do beside dialing and listening. */
    Set<TransportCapability> capabilities();

    /** The settings this kind understands. */
    Set<String> settings();

    /**
     * Opens a transport, which may take long (Tor has to bootstrap) and reports its progress.
     *
     * @throws org.torpeer.api.InvalidInputException at once, if a setting is unknown or has a wrong value; the message
     *     lists those there are
     * @return fails with {@link TransportException}, failure {@link TransportFailure#LOCAL}, if it cannot be opened
     */
    Operation<Transport> open(TransportContext context);
}
