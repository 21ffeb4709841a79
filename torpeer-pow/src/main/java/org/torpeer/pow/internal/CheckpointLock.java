package org.torpeer.pow.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.Driver;
import org.torpeer.pow.checkpoint.CheckpointException;
import org.torpeer.pow.checkpoint.CheckpointException.Reason;

/**
 * Sees to it that one search at a time uses a checkpoint. The lock is on a file beside it, as a checkpoint itself is
 * replaced whenever it is written; the system lets go of it when its process ends in whatever way.
 */
@Driver("waits for another search of this process to end")
final class CheckpointLock {
    private static final String SUFFIX = ".lock";
    /** A search that was cancelled needs a moment to write how far it came. */
    private static final long PATIENCE_NANOS = 2_000_000_000;

    private static final long PAUSE_NANOS = 10_000_000;

    private final Path file;
    private final FileChannel channel;

    private CheckpointLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** @throws CheckpointException if another search uses the checkpoint, or no file can be made beside it */
    static CheckpointLock of(Path checkpoint) {
        Path file = checkpoint.resolveSibling(checkpoint.getFileName() + SUFFIX);
        long begun = System.nanoTime();
        do {
            CheckpointLock lock = attempt(file, checkpoint);
            if (lock != null) {
                return lock;
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        } while (System.nanoTime() - begun < PATIENCE_NANOS);
        throw new CheckpointException(
                Reason.IN_USE,
                "the checkpoint " + checkpoint + " is in use by another search: let that end, or name another file",
                null);
    }

    private static @Nullable CheckpointLock attempt(Path file, Path checkpoint) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isLocked(channel) && isStill(file, channel)) {
                return new CheckpointLock(file, channel);
            }
            channel.close();
            return null;
        } catch (IOException e) {
            throw new CheckpointException(
                    Reason.UNAVAILABLE,
                    "the checkpoint " + checkpoint + " cannot be written: "
                            + e.getClass().getSimpleName() + " " + e.getMessage(),
                    e);
        }
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Whether what was locked still has that name: the one before may have deleted it after it was opened. */
    private static boolean isStill(Path file, FileChannel channel) throws IOException {
        String mark = UUID.randomUUID().toString();
        channel.truncate(0).write(ByteBuffer.wrap(mark.getBytes(US_ASCII)), 0);
        return Files.exists(file) && Files.readString(file, US_ASCII).equals(mark);
    }

    /** Any number of times. */
    void release() {
        if (!channel.isOpen()) {
            return;
        }
        try (channel) {
            // While it is locked, so that it is not another's.
            Files.deleteIfExists(file);
        } catch (IOException e) {
            System.getLogger(CheckpointLock.class.getName())
                    .log(System.Logger.Level.DEBUG, "the lock " + file + " is left behind", e);
        }
    }
}
