package org.torpeer.cli.process;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.stream.Stream;
import org.torpeer.api.TorPeerException;

/** A folder that its owner alone can enter, where the file system has permissions. */
public final class PrivateFolder {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private PrivateFolder() {}

    /**
     * Makes the folder if it is not there. One that is there already is closed to others only if it is empty: what else it
     * may be for is not ours to decide.
     *
     * @throws TorPeerException if that cannot be done, or the folder holds something and others may write to it
     */
    public static void make(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                return;
            }
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
            if (permissions.equals(OWNER_ONLY)) {
                return;
            }
            if (isEmpty(folder)) {
                Files.setPosixFilePermissions(folder, OWNER_ONLY);
            } else if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                    || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new TorPeerException(folder + " is not empty and others may write to it: name a new folder");
            }
        } catch (FileAlreadyExistsException e) {
            throw new TorPeerException(folder + " is not a folder", e);
        } catch (IOException e) {
            throw new TorPeerException("cannot use " + folder + " as a folder: " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }
}
