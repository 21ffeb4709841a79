package org.torpeer.api;

import java.io.Serial;

/** There was no result in the time the caller gave; the operation itself goes on. */
public final class OperationTimeoutException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public OperationTimeoutException(String message) {
        super(message);
    }
}
