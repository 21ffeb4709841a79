package org.torpeer.cli.admin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

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

    /** Deletes the socket, wherever it is. */
    void delete() throws IOException {
        Files.deleteIfExists(folder.resolve(SOCKET));
        Optional<Path> far = far();
        if (far.isPresent()) {
            Files.deleteIfExists(far.get());
            Path place = far.get().getParent();
            if (place != null) {
                Files.deleteIfExists(place);
            }
        }
        Files.deleteIfExists(folder.resolve(POINTER));
    }

    /** What the small file names, if it is there and names such a socket as we make. */
    private Optional<Path> far() throws IOException {
        Path pointer = folder.resolve(POINTER);
        if (!Files.isRegularFile(pointer) || Files.size(pointer) > MAX_POINTER_BYTES) {
            return Optional.empty();
        }
        String text = new String(Files.readAllBytes(pointer), StandardCharsets.UTF_8);
        if (text.indexOf('\0') >= 0 || !text.endsWith("/" + SOCKET) || !text.contains("/torpeer-")) {
            return Optional.empty();
        }
        return Optional.of(Path.of(text));
    }
}
