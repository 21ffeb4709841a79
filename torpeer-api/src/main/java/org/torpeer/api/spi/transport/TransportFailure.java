package org.torpeer.api.spi.transport;

/** How a transport fails. */
public enum TransportFailure {
    /** No descriptor of the peer is published: it was never up, or not lately. */
    NOT_FOUND(true),
    /** The peer's descriptor cannot be used. */
    BAD_DESCRIPTOR(true),
    /** The peer is known to the network but cannot be reached. */
    UNREACHABLE(true),
    /** The peer's side refused the connection, or nothing listens on that port. */
    REFUSED(true),
    /** The peer demands client authorization that we do not have, or did not accept ours. */
    UNAUTHORIZED(true),
    /** The address is malformed. */
    BAD_ADDRESS(false),
    /** There was no result in time. Whose failure that is cannot be known from one occurrence. */
    TIMEOUT(true),
    /** The other side closed the connection in an orderly manner. */
    CLOSED(false),
    /** The connection broke. */
    LOST(true),
    /** Our own side: the local tor is down or not ready, or we closed. Never counts against a peer. */
    LOCAL(false);

    private final boolean peersOwn;

    TransportFailure(boolean peersOwn) {
        this.peersOwn = peersOwn;
    }

    /** Whether the failure may count against the peer. */
    public boolean peersOwn() {
        return peersOwn;
    }
}
