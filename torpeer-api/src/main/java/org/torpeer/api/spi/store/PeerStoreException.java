package org.torpeer.api.spi.store;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/** The store could not be opened, read or written. */
public final class PeerStoreException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PeerStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
