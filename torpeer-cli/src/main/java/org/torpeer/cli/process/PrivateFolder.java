package org.torpeer.cli.process;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.file.Trouble;

/**
 * A folder that its owner alone can enter, where the file system has permissions. Closed, it is gone again if it was made
 * here and nothing was put into it: what is refused leaves nothing behind.
 */
public final class PrivateFolder implements AutoCloseable {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    /** The innermost first. */
    private final List<Path> made;

    private PrivateFolder(List<Path> made) {
        this.made = made;
    }

    /**
     * Makes the folder if it is not there. One that is there already is closed to others only if it is empty: what else it
     * may be for is not ours to decide.
     *
     * @throws InvalidInputException if it is a file, or holds something and others may write to it
     * @throws TorPeerException if it cannot be made or read
     */
    public static PrivateFolder make(Path folder) {
        List<Path> missing = missing(folder);
        PrivateFolder made = new PrivateFolder(missing);
        try {
            Files.createDirectories(folder);
            close(folder);
            return made;
        } catch (FileAlreadyExistsException e) {
            throw new InvalidInputException(folder + " is not a folder", e);
        } catch (IOException e) {
            made.close();
            throw new TorPeerException("cannot use " + folder + " as a folder: " + Trouble.of(e), e);
        }
    }

    private static List<Path> missing(Path folder) {
        List<Path> missing = new ArrayList<>();
        @Nullable Path next = folder.toAbsolutePath();
        while (next != null && Files.notExists(next)) {
            missing.add(next);
            next = next.getParent();
        }
        return missing;
    }

    private static void close(Path folder) throws IOException {
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
            throw new InvalidInputException(folder + " is not empty and others may write to it: name a new folder");
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** Whether it was not there before. */
    public boolean isNew() {
        return !made.isEmpty();
    }

    @Override
    public void close() {
        try {
            for (Path folder : made) {
                Files.deleteIfExists(folder);
            }
        } catch (DirectoryNotEmptyException e) {
            // It is in use, and with it those around it.
        } catch (IOException e) {
            throw new TorPeerException("cannot delete the empty folder " + made.get(0) + ": " + Trouble.of(e), e);
        }
    }
}
