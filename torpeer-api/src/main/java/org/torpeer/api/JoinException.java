package org.torpeer.api;

import java.io.Serial;

/** None of the seeds could be joined through; the message names each and why. */
public final class JoinException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public JoinException(String message) {
        super(message);
    }
}
