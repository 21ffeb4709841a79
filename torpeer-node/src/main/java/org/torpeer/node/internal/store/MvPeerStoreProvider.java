package org.torpeer.node.internal.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVStoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreException;
import org.torpeer.api.spi.store.PeerStoreProvider;

/**
 * Provider {@code mvstore}: keeps {@code peers.mv} in the folder, readable by its owner only. A damaged file is renamed
 * to {@code peers.mv.damaged-} and the time it was last written, and a new one begun: a peer table can be had again from
 * any peer, a node that does not start cannot.
 */
public final class MvPeerStoreProvider implements PeerStoreProvider {
    static final String FILE = "peers.mv";

    private static final Logger LOG = LoggerFactory.getLogger(MvPeerStoreProvider.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_DAMAGED_AT_ONE_TIME = 100;

    @Override
    public String name() {
        return "mvstore";
    }

    @Override
    public boolean persistent() {
        return true;
    }

    @Override
    public PeerStore open(Path folder) {
        Path file = folder.resolve(FILE);
        prepare(file);
        try {
            return renew(file);
        } catch (MVStoreException e) {
            if (e.getErrorCode() == DataUtils.ERROR_FILE_LOCKED) {
                throw new PeerStoreException(
                        file + " is in use by another node or process: stop that one or use another folder", e);
            }
            if (e.getErrorCode() == DataUtils.ERROR_UNSUPPORTED_FORMAT) {
                throw new PeerStoreException(
                        file + " was written by a newer version: use that version or move the file away", e);
            }
            if (e.getErrorCode() == DataUtils.ERROR_WRITING_FAILED) {
                throw full(file, e);
            }
            return openAnew(file, e);
        } catch (PeerStoreException e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            // What a damaged file makes the store throw is not limited to its own exceptions, and where the JVM checks
            // assertions not to exceptions either.
            return openAnew(file, e);
        }
    }

    /**
     * Copies what can be read into a new file and opens that. Damage that reading does not meet, such as old versions
     * that a damaged header makes look like the newest, would come up at a later opening and cost what was written since;
     * in a new file there is none. The old file stays locked until the new one is.
     */
    private static PeerStore renew(Path file) {
        Path next = next(file);
        try (MvPeerStore old = MvPeerStore.open(file)) {
            Files.deleteIfExists(next);
            prepare(next);
            old.copyTo(next);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return MvPeerStore.open(file);
        } catch (IOException e) {
            throw new PeerStoreException(file + " cannot be renewed: check the disk and the folder (" + e + ")", e);
        }
    }

    /** The old file is whole; a full disk must not cost what is in it. */
    private static PeerStoreException full(Path file, MVStoreException cause) {
        try {
            Files.deleteIfExists(next(file));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
        return new PeerStoreException(
                file + " cannot be written, it is kept as it was: is there room on the disk?", cause);
    }

    private static Path next(Path file) {
        return file.resolveSibling(FILE + ".next");
    }

    private static PeerStore openAnew(Path file, Throwable damage) {
        Path aside = setAside(file);
        LOG.warn("{} is damaged: moved to {}, a new one is begun ({})", file, aside, damage.getMessage());
        prepare(file);
        try {
            return MvPeerStore.open(file);
        } catch (RuntimeException e) {
            throw new PeerStoreException("a new " + file + " cannot be opened: " + e.getMessage(), e);
        }
    }

    /** The file exists afterwards, is ours to read and write, and nobody else's. */
    private static void prepare(Path file) {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            try {
                if (posix) {
                    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
                } else {
                    Files.createFile(file);
                }
            } catch (FileAlreadyExistsException e) {
                if (posix) {
                    Files.setPosixFilePermissions(file, OWNER_ONLY);
                }
            }
        } catch (IOException e) {
            throw new PeerStoreException(
                    file + " cannot be made or protected: check the folder's owner and permissions (" + e + ")", e);
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || !Files.isWritable(file)) {
            throw new PeerStoreException(file + " is not a file that can be read and written", null);
        }
    }

    private static Path setAside(Path file) {
        try {
            Instant written = Files.getLastModifiedTime(file).toInstant();
            String name = FILE + ".damaged-" + TIME.format(written);
            Path aside = file.resolveSibling(name);
            for (int i = 2; Files.exists(aside) && i <= MOST_DAMAGED_AT_ONE_TIME; i++) {
                aside = file.resolveSibling(name + "-" + i);
            }
            return Files.move(file, aside);
        } catch (IOException e) {
            throw new PeerStoreException(file + " is damaged and cannot be moved aside: move it by hand", e);
        }
    }
}
