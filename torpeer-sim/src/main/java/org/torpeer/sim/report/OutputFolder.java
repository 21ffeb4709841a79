package org.torpeer.sim.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;

/** A folder for results. It was empty, or was not there; nothing in it is ever written over. */
public final class OutputFolder {
    /** Writes a file. */
    @FunctionalInterface
    public interface Content {
        void write(Writer to) throws IOException;
    }

    private final Path path;

    private OutputFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes the folder, and sure that it can be written to.
     *
     * @throws InvalidInputException if it is not empty, or cannot be made or written to
     */
    public static OutputFolder prepare(Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new InvalidInputException(path + " is not a folder: name a new one");
        }
        try {
            Files.createDirectories(path);
            if (!isEmpty(path)) {
                throw new InvalidInputException(path + " is not empty: name a new folder");
            }
            Files.delete(Files.createTempFile(path, ".torpeer-", ""));
            return new OutputFolder(path);
        } catch (IOException e) {
            throw new InvalidInputException("cannot write to the folder " + path + ": " + reason(e), e);
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Writes a new file.
     *
     * @throws TorPeerException if it cannot be written, because the disk is full, say; or if it is there already
     */
    public void write(String name, Content content) {
        try (Writer to = open(name)) {
            content.write(to);
        } catch (IOException e) {
            throw failed(name, e);
        }
    }

    /** Opens a new file for writing; {@link #failed} says what its errors mean. */
    Writer open(String name) throws IOException {
        return Files.newBufferedWriter(
                path.resolve(name), StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    TorPeerException failed(String name, IOException e) {
        return new TorPeerException("cannot write " + path.resolve(name) + ": " + reason(e), e);
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        }
    }

    /** The system's words where there are any, without the path that we say ourselves. */
    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        String words = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return words == null ? e.getClass().getSimpleName() : words;
    }
}
