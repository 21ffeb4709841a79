package org.torpeer.pow.checkpoint;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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

    /**
     * That the file system refuses, and why, in words: its own exceptions often hold no more than a name.
     *
     * @param done what cannot be done, such as {@code written}
     */
    public static CheckpointException unavailable(Path file, String done, IOException cause) {
        return new CheckpointException(
                Reason.UNAVAILABLE, "the checkpoint " + file + " cannot be " + done + ": " + why(cause), cause);
    }

    private static String why(IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        String reason = cause instanceof FileSystemException named ? named.getReason() : cause.getMessage();
        return reason == null ? "the system does not say why" : reason;
    }

    public Reason reason() {
        return reason;
    }
}
