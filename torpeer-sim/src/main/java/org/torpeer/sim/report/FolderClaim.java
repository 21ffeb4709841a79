package org.torpeer.sim.report;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;

/**
 * A folder that one command has to itself: a file in it is locked, which the system undoes for whoever is killed. The file
 * is gone afterwards.
 */
final class FolderClaim implements AutoCloseable {
    private static final String NAME = ".torpeer-lock";

    private final Path file;
    private final FileChannel channel;

    private FolderClaim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @throws InvalidInputException if somebody else has it
     * @throws IOException if the folder cannot be written to
     */
    static FolderClaim of(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (lock(channel) != null) {
                return new FolderClaim(file, channel);
            }
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw new InvalidInputException(folder + " is in use by another command: let that end, or name another folder");
    }

    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Whether a file belongs to nobody's results. */
    static boolean isMark(Path file) {
        return file.endsWith(NAME);
    }

    @Override
    public void close() throws IOException {
        // First, so that nobody claims a folder by a file that is about to go.
        Files.deleteIfExists(file);
        channel.close();
    }
}
