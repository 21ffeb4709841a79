package org.torpeer.transport.tor.internal;

import java.io.Closeable;
import java.io.IOException;

/** Closing what is given up anyway, so that its own failure to close changes nothing. */
final class Closing {
    private Closing() {}

    static void quietly(Closeable resource) {
        try {
            resource.close();
        } catch (IOException e) {
            return;
        }
    }
}
