package org.torpeer.sim.report;

import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;

/**
 * A folder for results, for one command at a time. It was empty, or was not there; nothing in it is ever written over.
 * Closed, it is free for others, and gone if it was made for nothing.
 */
public final class OutputFolder implements AutoCloseable {
    /** Writes a file. */
    @FunctionalInterface
    public interface Content {
        void write(Writer to) throws IOException;
    }

    private final Path path;
    private final List<Path> made;
    private @Nullable FolderClaim claim;

    private OutputFolder(Path path, List<Path> made) {
        this.path = path;
        this.made = made;
    }

    /**
     * Makes the folder and claims it, which makes sure that it can be written to.
     *
     * @throws InvalidInputException if it is not empty, no folder, or in use by another command
     * @throws TorPeerException if it cannot be made or written to
     */
    public static OutputFolder prepare(Path path) {
        OutputFolder folder = claimed(path);
        try {
            if (!isEmpty(path)) {
                throw new InvalidInputException(path + " is not empty: name a new folder");
            }
            return folder;
        } catch (IOException e) {
            folder.close();
            throw new TorPeerException("cannot read the folder " + path + ": " + reason(e), e);
        } catch (InvalidInputException e) {
            folder.close();
            throw e;
        }
    }

    /** As {@link #prepare}, whatever is in it. */
    static OutputFolder claimed(Path path) {
        OutputFolder folder = new OutputFolder(path, missing(path));
        try {
            Files.createDirectories(path);
            folder.claim = FolderClaim.of(path);
            return folder;
        } catch (IOException e) {
            folder.close();
            throw new TorPeerException("cannot write to the folder " + path + ": " + reason(e), e);
        } catch (InvalidInputException e) {
            folder.close();
            throw e;
        }
    }

    /** What is not there of a path, from its end on; a link to what is not there is there. */
    private static List<Path> missing(Path path) {
        List<Path> missing = new ArrayList<>();
        Path each = path.toAbsolutePath();
        while (each != null && !Files.exists(each, LinkOption.NOFOLLOW_LINKS)) {
            missing.add(each);
            each = each.getParent();
        }
        if (each != null && !Files.isDirectory(each)) {
            throw new InvalidInputException((missing.isEmpty() ? path : each) + " is not a folder: name a new one");
        }
        return missing;
    }

    /** Lets others have the folder. What was made for it and holds nothing is removed. */
    @Override
    public void close() {
        try {
            if (claim != null) {
                claim.close();
                claim = null;
            }
            for (Path each : made) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            // It holds something, or goes on being there: neither harms what was written.
        }
    }

    public Path path() {
        return path;
    }

    /**
     * Writes a new file, or none.
     *
     * @throws TorPeerException if it cannot be written, because the disk is full, say; or if it is there already
     */
    public void write(String name, Content content) {
        boolean whole = false;
        boolean opened = false;
        try (Writer to = open(name)) {
            opened = true;
            content.write(to);
            to.flush();
            whole = true;
        } catch (IOException e) {
            throw failed(name, e);
        } finally {
            if (opened && !whole) {
                remove(path.resolve(name));
            }
        }
    }

    /** Best effort: what is half written is of no use, and may be what fills the disk. */
    static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            // Then it stays: what went wrong before is said, and matters more.
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
            return files.allMatch(FolderClaim::isMark);
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
        if (e instanceof FileAlreadyExistsException) {
            return "it is there already";
        }
        String words = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return words == null ? "the system refuses" : words;
    }
}
