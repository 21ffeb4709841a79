package org.torpeer.api.spi.transport;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/**
 * A dial, a listener or a connection failed; {@link #failure()} says how, and so whose failure it is. Has no stack trace of
 * its own, but what caused it may have.
 */
public final class TransportException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final TransportFailure failure;

    public TransportException(TransportFailure failure, String message) {
        this(failure, message, null);
    }

    public TransportException(TransportFailure failure, String message, @Nullable Throwable cause) {
        super(message, cause, false);
        this.failure = failure;
    }

    public TransportFailure failure() {
        return failure;
    }
}
