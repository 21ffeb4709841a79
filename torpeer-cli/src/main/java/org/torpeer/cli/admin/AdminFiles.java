package org.torpeer.cli.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files of the administration socket in a node's folder. A socket's path has little more than a hundred bytes; where
 * the folder's is longer, the socket is in a temporary folder that a small file names.
 */
final class AdminFiles {
    private static final String LOCK = "admin.lock";
    private static final String SOCKET = "admin.sock";
    private static final String POINTER = "admin.path";
    private static final int MAX_PATH_BYTES = 100;
    private static final int MAX_POINTER_BYTES = 4096;

    private final Path folder;

    AdminFiles(Path folder) {
        this.folder = folder.toAbsolutePath();
    }

    Path lock() {
        return folder.resolve(LOCK);
    }

    /** A path for a new socket at which nothing is; what a node that was killed has left is deleted. */
    Path fresh() throws IOException {
        delete();
        Path near = folder.resolve(SOCKET);
        if (near.toString().getBytes(StandardCharsets.UTF_8).length <= MAX_PATH_BYTES) {
            return near;
        }
        Path far = Files.createTempDirectory("torpeer-").resolve(SOCKET);
        Files.writeString(folder.resolve(POINTER), far.toString(), StandardCharsets.UTF_8);
        return far;
    }

    /** Where a running node's socket would be. */
    Path current() throws IOException {
        return far().orElse(folder.resolve(SOCKET));
    }

    /**
     * Deletes the socket, wherever it is, and nothing else.
     *
     * @throws IOException if it cannot be deleted, or is something else than a socket
     */
    void delete() throws IOException {
        deleteSocket(folder.resolve(SOCKET));
        Optional<Path> far = far();
        if (far.isPresent()) {
            deleteSocket(far.get());
            Path place = far.get().getParent();
            if (place != null) {
                Files.deleteIfExists(place);
            }
        }
        Files.deleteIfExists(folder.resolve(POINTER));
    }

    /** Whether the folder holds the lock and nothing else. */
    boolean onlyLockIn() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.allMatch(lock()::equals);
        }
    }

    private static void deleteSocket(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .isOther()) {
            throw new IOException(path + " is not a socket of ours: move it away");
        }
        Files.delete(path);
    }

    /** What the small file names, if it is there and names such a socket as we make. */
    private Optional<Path> far() throws IOException {
        Path pointer = folder.resolve(POINTER);
        if (!Files.isRegularFile(pointer) || Files.size(pointer) > MAX_POINTER_BYTES) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(pointer), StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Path named = Path.of(text);
        Path place = named.getParent();
        Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
        boolean ours = place != null
                && named.equals(named.normalize())
                && named.endsWith(SOCKET)
                && temporary.equals(place.getParent())
                && place.getFileName().toString().startsWith("torpeer-");
        return ours ? Optional.of(named) : Optional.empty();
    }
}
