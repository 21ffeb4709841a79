package org.torpeer.api.spi.transport;

import java.net.Socket;
import java.time.Duration;

/** Connects to host names without resolving them on this machine. */
public interface HostDialer {
    /**
     * Blocks until connected, for no longer than the timeout whatever the other side does.
     *
     * @param host a DNS or onion name or an address literal, handed on as it is; IPv6 without brackets
     * @return a connected socket, the caller's to close
     * @throws TransportException if it cannot be connected in time
     */
    Socket connect(String host, int port, Duration timeout);
}
