package org.torpeer.transport.tor.internal;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** Failures of our own side. */
final class Local {
    private Local() {}

    static TransportException failure(String message) {
        return failure(message, null);
    }

    static TransportException failure(String message, @Nullable Throwable cause) {
        return new TransportException(TransportFailure.LOCAL, message, cause);
    }
}
