package org.torpeer.api;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A value from outside (a command line, a file, a socket) does not have the form it must have. */
public class InvalidInputException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public InvalidInputException(String message) {
        super(message);
    }

    public InvalidInputException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
