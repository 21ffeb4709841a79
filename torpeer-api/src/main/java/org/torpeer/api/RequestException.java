package org.torpeer.api;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request to a peer got no answer; {@link #reason()} says why. */
public final class RequestException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public RequestException(Reason reason, String message) {
        this(reason, message, null);
    }

    public RequestException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Why there is no answer. */
    public enum Reason {
        /** The peer is not in our table: join first, or dial it by its endpoint. */
        UNKNOWN_PEER,
        /** The peer could not be reached or authenticated. */
        UNREACHABLE,
        /** The session ended before the answer came. */
        SESSION_ENDED,
        /** The peer does not speak the protocol. */
        NO_SUCH_PROTOCOL,
        /** The peer's handler failed. */
        HANDLER_FAILED,
        /** Too many requests wait already, here or there. */
        BUSY,
        /** No answer within the time given. */
        TIMEOUT,
        /** The request or the answer is longer than a frame may be. */
        TOO_LARGE,
        /** This node is closed. */
        CLOSED
    }
}
