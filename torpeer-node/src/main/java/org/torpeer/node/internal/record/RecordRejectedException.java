package org.torpeer.node.internal.record;

import java.io.Serial;
import org.torpeer.api.TorPeerException;

/** A well-formed record was not taken. */
public final class RecordRejectedException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    public RecordRejectedException(Rejection rejection) {
        super("a record was refused: " + rejection.text());
        this.rejection = rejection;
    }

    public Rejection rejection() {
        return rejection;
    }
}
