package org.torpeer.api;

import java.io.Serial;

/** The operation was cancelled before it had a result. */
public final class OperationCancelledException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public OperationCancelledException(String message) {
        super(message);
    }
}
