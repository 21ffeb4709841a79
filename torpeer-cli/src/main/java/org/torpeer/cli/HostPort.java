package org.torpeer.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.torpeer.api.InvalidInputException;

/** Reads local addresses without asking a resolver. */
final class HostPort {
    private HostPort() {}

    /**
     * Reads {@code 127.0.0.1:PORT}, or another IPv4 address of this machine; {@code localhost} is 127.0.0.1.
     *
     * @throws InvalidInputException if it is not such; names are not looked up
     */
    static InetSocketAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        String host = colon < 0 ? "" : text.substring(0, colon);
        String port = text.substring(colon + 1);
        if (!port.matches("[0-9]{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new InvalidInputException("an address is HOST:PORT such as 127.0.0.1:8080, not '" + text + "'");
        }
        return new InetSocketAddress(literal(host.equals("localhost") ? "127.0.0.1" : host), Integer.parseInt(port));
    }

    private static InetAddress literal(String host) {
        String[] parts = host.split("\\.", -1);
        byte[] bytes = new byte[4];
        if (parts.length != bytes.length) {
            throw notLiteral(host);
        }
        for (int i = 0; i < bytes.length; i++) {
            if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
                throw notLiteral(host);
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static InvalidInputException notLiteral(String host) {
        return new InvalidInputException("a host is an IPv4 address such as 127.0.0.1, not '" + host + "'");
    }
}
