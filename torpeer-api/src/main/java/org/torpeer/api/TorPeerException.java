package org.torpeer.api;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** The root of every error TorPeer throws on purpose; the message is one line and says what to do. */
public class TorPeerException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TorPeerException(String message) {
        super(message);
    }

    public TorPeerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /**
     * Without a stack trace if that is asked for: what a stage ends with is made on an event loop, of which a trace says
     * nothing, and where anybody may bring it about it must cost little.
     */
    protected TorPeerException(String message, @Nullable Throwable cause, boolean traced) {
        super(message, cause, true, traced);
    }

    /** Never null. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
