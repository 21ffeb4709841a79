package org.torpeer.cli.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.torpeer.api.TorPeerException;

/** A folder that its owner alone can enter, where the file system has permissions. */
public final class PrivateFolder {
    private PrivateFolder() {}

    /**
     * Makes the folder if it is not there, and closes it to others in either case.
     *
     * @throws TorPeerException if that cannot be done
     */
    public static void make(Path folder) {
        try {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        } catch (FileAlreadyExistsException e) {
            throw new TorPeerException(folder + " is not a folder", e);
        } catch (IOException e) {
            throw new TorPeerException("cannot use " + folder + " as a folder: " + e.getMessage(), e);
        }
    }
}
