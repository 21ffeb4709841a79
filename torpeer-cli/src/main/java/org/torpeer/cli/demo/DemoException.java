package org.torpeer.cli.demo;

import java.io.Serial;
import org.torpeer.api.TorPeerException;

/** The demonstration did not do all it should; the message says what is missing. */
public final class DemoException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
