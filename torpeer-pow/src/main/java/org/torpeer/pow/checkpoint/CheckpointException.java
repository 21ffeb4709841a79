package org.torpeer.pow.checkpoint;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;

/** A checkpoint file cannot be used: it is damaged, of other work, in use, or the file system refuses. */
public final class CheckpointException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** What is wrong with the file. */
    public enum Reason {
        /** Not a checkpoint, or a damaged one. */
        CORRUPT,
        /** A sound checkpoint, of another key, network, epoch, algorithm or set of parameters. */
        FOREIGN,
        /** Another search uses it, of this process or of another one. */
        IN_USE,
        /** The file system does not let it be read or written. */
        UNAVAILABLE
    }

    private final Reason reason;

    public CheckpointException(Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
