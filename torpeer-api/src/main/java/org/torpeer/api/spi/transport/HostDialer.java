package org.torpeer.api.spi.transport;

import java.net.Socket;
import java.time.Duration;

/** Connects to host names without resolving them on this machine. */
public interface HostDialer {
    /**
     * Blocks until connected.
     *
     * @param host a DNS or onion name, handed on as it is
     * @return a connected socket, the caller's to close
     * @throws TransportException if it cannot be connected in time
     */
    Socket connect(String host, int port, Duration timeout);
}
