package org.torpeer.node.internal.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.torpeer.api.TorPeerException;

/** Keeps a folder to one node, or to one change of its identity, at a time; the system lets go when the process ends. */
public final class FolderLock implements AutoCloseable {
    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /**
     * Makes the folder if it is not there.
     *
     * @throws TorPeerException if somebody else has it, or it cannot be used
     */
    public static FolderLock take(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel file =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locked(file)) {
                file.close();
                throw new TorPeerException(
                        "another node uses the folder " + folder + ": stop it, or use another folder");
            }
            return new FolderLock(file);
        } catch (IOException e) {
            throw new TorPeerException("cannot use the folder " + folder + ": " + Trouble.of(e), e);
        }
    }

    private static boolean locked(FileChannel file) throws IOException {
        try {
            FileLock lock = file.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
