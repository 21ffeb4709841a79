package org.torpeer.transport.tor.internal;

import java.io.IOException;
import java.io.Serial;

/** Tor understood a control command and refused it. */
final class ControlRefusal extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param reply tor's status code and text
     */
    ControlRefusal(String reply) {
        super(reply);
    }
}
