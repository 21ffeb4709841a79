package org.torpeer.transport.tor;

import java.net.InetSocketAddress;
import java.util.Map;

/**
 * A client tor of a lab.
 *
 * @param socks where it takes SOCKS5 connections, with extended errors
 * @param control where it takes control connections, with cookie authentication
 * @param pid its process
 */
public record TorLabClient(InetSocketAddress socks, InetSocketAddress control, long pid) {
    /** Settings with which the transport named {@code tor} uses this client. */
    public Map<String, String> settings() {
        return Map.of("control", text(control), "socks", text(socks));
    }

    private static String text(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
