package org.torpeer.node.internal.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.torpeer.api.InvalidInputException;

/**
 * Small files, readable by their owner alone. They are written whole under another name and then moved into place, so
 * that whenever the process is killed there is the old file or the new one, and never half of either.
 */
public final class WholeFile {
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private WholeFile() {}

    /**
     * @throws InvalidInputException if the file has more than {@code most} bytes
     * @throws IOException if it cannot be read
     */
    public static byte[] read(Path path, int most) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] content = in.readNBytes(most + 1);
            if (content.length > most) {
                throw new InvalidInputException(path + " is too large to be what it is named");
            }
            return content;
        }
    }

    /** Writes a file, over the one there is if there is one, and makes the folder if it is not there. */
    public static void write(Path path, byte[] content) throws IOException {
        Path whole = path.resolveSibling(path.getFileName() + ".new");
        Files.createDirectories(path.toAbsolutePath().getParent());
        Files.deleteIfExists(whole);
        Files.createFile(whole, ownerOnly(path));
        try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Whether the system says that somebody but the owner may read or write the file. */
    public static boolean openToOthers(Path path) throws IOException {
        return posix(path) && Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains);
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        if (!posix(path)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }

    private static boolean posix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
