package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.proto.StoredCodec;
import org.torpeer.proto.StoredIdentity;

/**
 * The file {@code identity} in a node's folder, readable by its owner alone. It is written whole under another name and
 * then moved into place, so that there is never half an identity.
 */
public final class IdentityFile {
    private static final String NAME = "identity";
    /** Far more than any identity takes; a larger file is something else. */
    private static final int MAX_BYTES = 1024;

    private final Path path;

    private IdentityFile(Path path) {
        this.path = path;
    }

    /** The identity file of a node's folder, whether or not it exists. */
    public static IdentityFile in(Path folder) {
        return new IdentityFile(folder.resolve(NAME));
    }

    public boolean exists() {
        return Files.exists(path);
    }

    /**
     * @throws IdentityException if the file is missing, cannot be read, or is not an identity
     */
    public Identity load() {
        try {
            if (Files.size(path) > MAX_BYTES) {
                throw new IdentityException(path + " is too large to be an identity");
            }
            byte[] bytes = Files.readAllBytes(path);
            try {
                StoredIdentity stored = StoredCodec.decodeIdentity(bytes);
                return new Identity(stored.key(), stored.network(), stored.proof());
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            throw new IdentityException("cannot read " + path + ": make one with 'identity create'", e);
        } catch (InvalidInputException e) {
            throw new IdentityException(path + " is damaged (" + e.getMessage() + "): restore it from a backup", e);
        }
    }

    /**
     * Writes a new identity; never over another one.
     *
     * @throws IdentityException if there is one already, or it cannot be written
     */
    public void create(Identity identity) {
        if (exists()) {
            throw new IdentityException(path + " exists already; it is kept");
        }
        Path whole = path.resolveSibling(NAME + ".new");
        byte[] bytes = StoredCodec.encode(new StoredIdentity(identity.key(), identity.network(), identity.proof()));
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Files.deleteIfExists(whole);
            Files.createFile(whole, ownerOnly(path));
            try (FileChannel out = FileChannel.open(whole, StandardOpenOption.WRITE)) {
                out.write(ByteBuffer.wrap(bytes));
                out.force(true);
            }
            Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            throw new IdentityException("another process is writing " + path, e);
        } catch (IOException e) {
            throw new IdentityException("cannot write " + path + ": " + e.getMessage(), e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path path) {
        if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        };
    }
}
