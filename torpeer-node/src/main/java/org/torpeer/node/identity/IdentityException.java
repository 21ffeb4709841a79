package org.torpeer.node.identity;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/** An identity cannot be read, written or used here; the files are as they were. */
public class IdentityException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    public IdentityException(String message) {
        super(message);
    }

    public IdentityException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
