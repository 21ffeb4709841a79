package org.torpeer.transport.tor.internal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;

/** A folder that belongs to one running lab. A marker in it, locked while the lab runs, tells it from anything else. */
public final class LabFolder implements Closeable {
    private static final String MARKER = "torpeer-lab";

    private final Path path;
    private final FileChannel marker;

    private LabFolder(Path path, FileChannel marker) {
        this.path = path;
        this.marker = marker;
    }

    /**
     * Takes a folder that is missing, empty, or left over from a lab that runs no more, and empties it.
     *
     * @throws InvalidInputException if it is none of these, or cannot be written
     */
    public static LabFolder claim(Path folder) {
        Path path = folder.toAbsolutePath().normalize();
        try {
            boolean empty = !Files.exists(path) || contents(path).isEmpty();
            if (!empty && !Files.exists(path.resolve(MARKER))) {
                throw new InvalidInputException(path + " holds other files; give the lab a folder of its own");
            }
            Folders.makePrivate(path);
            FileChannel marker =
                    FileChannel.open(path.resolve(MARKER), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(marker) == null) {
                marker.close();
                throw new InvalidInputException("another lab runs in " + path + "; give this one another folder");
            }
            for (Path leftover : contents(path)) {
                if (!leftover.endsWith(MARKER)) {
                    Folders.delete(leftover);
                }
            }
            return new LabFolder(path, marker);
        } catch (IOException e) {
            throw new InvalidInputException("the lab cannot use the folder " + path + ": " + e.getMessage(), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Deletes it. */
    @Override
    public void close() throws IOException {
        try (marker) {
            Folders.delete(path);
        }
    }

    private static @Nullable FileLock lock(FileChannel marker) throws IOException {
        try {
            return marker.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static List<Path> contents(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.toList();
        }
    }
}
