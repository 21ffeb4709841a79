package org.torpeer.api;

/**
 * Where a peer can be dialed: its key and the virtual port of its onion service. There is no host name in it, so nothing
 * a peer says can make us resolve or connect to anything but an onion service.
 *
 * @param peer the key the acceptor must prove
 * @param port 1 to 65535
 */
public record Endpoint(PeerId peer, int port) {
    /** The virtual port of a TorPeer service unless another is configured. */
    public static final int DEFAULT_PORT = 7411;

    public Endpoint {
        if (port < 1 || port > 65_535) {
            throw new InvalidInputException("a port is between 1 and 65535, not " + port);
        }
    }

    /**
     * Reads {@code ADDRESS.onion:PORT}; without a port the default is taken.
     *
     * @throws InvalidInputException if the address or the port is wrong
     */
    public static Endpoint parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return new Endpoint(OnionAddress.parse(text).peer(), DEFAULT_PORT);
        }
        PeerId peer = OnionAddress.parse(text.substring(0, colon)).peer();
        String port = text.substring(colon + 1);
        if (port.isEmpty() || port.length() > 5 || !port.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new InvalidInputException("what follows the colon is a port between 1 and 65535");
        }
        return new Endpoint(peer, Integer.parseInt(port));
    }

    /** {@code ADDRESS.onion:PORT}, as {@link #parse} reads it. */
    @Override
    public String toString() {
        return peer + ":" + port;
    }
}
