package org.torpeer.http;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/** A peer list could not be fetched; {@link #reason()} says why. */
public final class PeerListException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    /** Why a peer list could not be fetched. */
    public enum Reason {
        /** The URL is not one of a peer list, or may not be dialed with the dialer given. */
        BAD_URL,
        /** No connection, or one that broke; or, for https, a server that did not prove its name. */
        UNREACHABLE,
        /** The server answered with a status other than 200; redirects are such. */
        HTTP_STATUS,
        /** The answer is longer than a peer list, or its header longer than a header, may be. */
        TOO_LARGE,
        /** The answer is not HTTP, is truncated or compressed, or is not a peer list. */
        MALFORMED,
        /** The exchange as a whole took longer than allowed. */
        TIMEOUT
    }

    PeerListException(Reason reason, String message) {
        this(reason, message, null);
    }

    PeerListException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
