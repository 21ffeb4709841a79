package org.torpeer.api.spi.transport;

import org.torpeer.api.Endpoint;

/** An open listener. */
public interface Listener extends AutoCloseable {
    /** Where others dial. */
    Endpoint endpoint();

    /** Accepts no more; connections made already stay. Further calls do nothing. */
    @Override
    void close();
}
