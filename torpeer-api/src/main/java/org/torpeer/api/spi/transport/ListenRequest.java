package org.torpeer.api.spi.transport;

import java.net.InetSocketAddress;
import java.util.Map;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;

/**
 * Under which key and port to accept.
 *
 * @param key the key
 * @param port the virtual port for TorPeer connections
 * @param forwards further virtual ports of the same service and the local address each leads to; needs
 *     {@link TransportCapability#FORWARDS} unless empty
 */
public record ListenRequest(OnionKey key, int port, Map<Integer, InetSocketAddress> forwards) {
    public ListenRequest {
        forwards = Map.copyOf(forwards);
    }

    public ListenRequest(OnionKey key, int port) {
        this(key, port, Map.of());
    }

    public Endpoint endpoint() {
        return new Endpoint(key.id(), port);
    }
}
