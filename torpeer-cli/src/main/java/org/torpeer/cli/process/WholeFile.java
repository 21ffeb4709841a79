package org.torpeer.cli.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.node.internal.file.Trouble;

/** A file that is written whole or not at all: under another name beside it, then moved into place. */
public final class WholeFile implements AutoCloseable {
    private final Path target;
    private final Path draft;

    private WholeFile(Path target, Path draft) {
        this.target = target;
        this.draft = draft;
    }

    /**
     * Makes sure that the file can be written later.
     *
     * @throws InvalidInputException if there is something of that name already, which is kept, or no folder for it
     * @throws TorPeerException if no file can be made in the folder
     */
    public static WholeFile prepare(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (Files.isDirectory(target) || folder == null) {
            throw new InvalidInputException("cannot write " + target + ": it is a folder");
        }
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw new InvalidInputException(target + " exists already; it is kept: name another file");
        }
        if (!Files.isDirectory(folder)) {
            throw new InvalidInputException("cannot write " + target + ": there is no folder " + folder);
        }
        try {
            return new WholeFile(target, Files.createTempFile(folder, ".torpeer-", ".json"));
        } catch (IOException e) {
            throw new TorPeerException("cannot write " + target + ": no file can be made in " + folder, e);
        }
    }

    /**
     * @throws TorPeerException if it could not be written; what was there before is still there then
     */
    public void write(String text) {
        try {
            Files.writeString(draft, text, StandardCharsets.UTF_8);
            Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new TorPeerException("cannot write " + target + ": " + Trouble.of(e), e);
        }
    }

    /** Leaves nothing beside the file. */
    @Override
    public void close() {
        try {
            Files.deleteIfExists(draft);
        } catch (IOException e) {
            throw new TorPeerException("cannot delete " + draft + ": " + Trouble.of(e), e);
        }
    }
}
