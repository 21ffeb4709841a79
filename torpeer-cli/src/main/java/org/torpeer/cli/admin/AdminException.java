package org.torpeer.cli.admin;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/** A running node could not be asked, or could not do what it was asked for; {@link #type()} says which. */
public final class AdminException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What went wrong. */
    public enum Type {
        /** No node runs in the folder. */
        NOT_RUNNING,
        /** The request is not one line of JSON of a form that is understood. */
        BAD_REQUEST,
        /** The request's line is too long. */
        TOO_LONG,
        /** Too many are asking at the same time. */
        BUSY,
        /** There is no such peer, or more than one. */
        NO_SUCH_PEER,
        /** The node is not that far yet. */
        STARTING,
        /** It was tried, and failed. */
        FAILED
    }

    private final Type type;

    public AdminException(Type type, String message) {
        super(message);
        this.type = type;
    }

    AdminException(Type type, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.type = type;
    }

    public Type type() {
        return type;
    }
}
