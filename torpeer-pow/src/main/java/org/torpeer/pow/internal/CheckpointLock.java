package org.torpeer.pow.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

    /**
     * Those of this process. They are not even opened a second time: where locks are the process's, closing any channel on
     * the file would let go of it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

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
            Path own = Objects.requireNonNull(file.toAbsolutePath().getParent())
                    .toRealPath()
                    .resolve(file.getFileName());
            if (!HELD.add(own)) {
                return null;
            }
            CheckpointLock lock = null;
            try {
                lock = locked(own);
                return lock;
            } finally {
                if (lock == null) {
                    HELD.remove(own);
                }
            }
        } catch (IOException e) {
            throw CheckpointException.unavailable(checkpoint, "written", e);
        }
    }

    private static @Nullable CheckpointLock locked(Path file) throws IOException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Another's, or left behind by one that was killed: the lock says which.
        }
        try {
            Object before = key(file);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
            // The one before may have deleted it between: then what was locked is a file that nobody else sees.
            if (isLocked(channel) && Objects.equals(before, key(file))) {
                return new CheckpointLock(file, channel);
            }
            channel.close();
            return null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static @Nullable Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** Any number of times. */
    synchronized void release() {
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
        HELD.remove(file);
    }
}
