package org.torpeer.cli.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.file.Trouble;

/** A folder of our own, readable by its owner alone, that goes when it is closed. */
public final class TemporaryFolder implements AutoCloseable {
    private static final int ATTEMPTS = 3;

    private final Path path;

    private TemporaryFolder(Path path) {
        this.path = path;
    }

    /**
     * @throws TorPeerException if it cannot be made
     */
    public static TemporaryFolder make() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("torpeer-"));
        } catch (IOException e) {
            throw new TorPeerException("cannot make a temporary folder: " + Trouble.of(e), e);
        }
    }

    public Path path() {
        return path;
    }

    /** Deletes the folder with all in it. Something that is just ending may still add a file: hence several attempts. */
    @Override
    public void close() {
        for (int attempt = 1; Files.exists(path); attempt++) {
            try {
                Files.walkFileTree(path, new Deletion());
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw new UncheckedIOException("cannot delete " + path, e);
                }
            }
        }
    }

    private static final class Deletion extends SimpleFileVisitor<Path> {
        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
        }
    }
}
