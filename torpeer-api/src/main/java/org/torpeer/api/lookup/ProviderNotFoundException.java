package org.torpeer.api.lookup;

import java.io.Serial;
import org.torpeer.api.TorPeerException;

/** There is no provider of that name; the message lists those there are, and the module that is probably missing. */
public final class ProviderNotFoundException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    ProviderNotFoundException(String message) {
        super(message);
    }
}
