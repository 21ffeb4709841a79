package org.torpeer.pow.checkpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.torpeer.pow.checkpoint.CheckpointException.Reason;

/**
 * A checkpoint as a few lines of text, each a name and a value, the last the SHA-256 of those before it. There is one text
 * for each checkpoint: what would not be written is not read.
 */
final class CheckpointFile {
    private static final String TITLE = "torpeer-mining-checkpoint 1\n";
    private static final List<String> NAMES =
            List.of("algorithm", "parameters", "prefix", "next", "attempts", "nanoseconds", "found");
    private static final String NOTHING = "nothing";
    private static final int MAX_BYTES = 2048;

    private CheckpointFile() {}

    /** See {@link MiningCheckpoint#read}. */
    static Optional<MiningCheckpoint> read(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw CheckpointException.unavailable(file, "read", e);
        }
        String text = new String(bytes, US_ASCII);
        try {
            MiningCheckpoint checkpoint = parse(text);
            if (format(checkpoint).equals(text)) {
                return Optional.of(checkpoint);
            }
        } catch (RuntimeException e) {
            throw corrupt(file, e);
        }
        throw corrupt(file, null);
    }

    /** See {@link MiningCheckpoint#write}. */
    static void write(MiningCheckpoint checkpoint, Path file) {
        try {
            // One name, so that what a kill leaves is written over the next time; only one search at a time writes.
            Path fresh = directoryOf(file).resolve(file.getFileName() + ".new");
            try {
                writeThrough(fresh, format(checkpoint));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(fresh);
            }
        } catch (IOException e) {
            throw CheckpointException.unavailable(file, "written", e);
        }
    }

    private static void writeThrough(Path file, String text) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }

    private static Path directoryOf(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null) {
            throw new IOException("not the name of a file");
        }
        return directory;
    }

    private static String format(MiningCheckpoint checkpoint) {
        OptionalLong found = checkpoint.found();
        List<String> values = List.of(
                checkpoint.algorithm(),
                checkpoint.parameters(),
                HexFormat.of().formatHex(checkpoint.prefix()),
                Long.toUnsignedString(checkpoint.nextNonce()),
                Long.toString(checkpoint.attempts()),
                Long.toString(checkpoint.spentNanos()),
                found.isPresent() ? Long.toUnsignedString(found.getAsLong()) : NOTHING);
        StringBuilder text = new StringBuilder(TITLE);
        for (int i = 0; i < NAMES.size(); i++) {
            text.append(NAMES.get(i)).append(' ').append(values.get(i)).append('\n');
        }
        return text + "sha256 " + checksum(text.toString()) + "\n";
    }

    private static String checksum(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static MiningCheckpoint parse(String text) {
        String[] lines = text.split("\n", -1);
        String[] values = new String[NAMES.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lines[i + 1].substring(NAMES.get(i).length() + 1);
        }
        return new MiningCheckpoint(
                values[0],
                values[1],
                HexFormat.of().parseHex(values[2]),
                Long.parseUnsignedLong(values[3]),
                Long.parseLong(values[4]),
                Long.parseLong(values[5]),
                values[6].equals(NOTHING) ? OptionalLong.empty() : OptionalLong.of(Long.parseUnsignedLong(values[6])));
    }

    private static CheckpointException corrupt(Path file, @Nullable RuntimeException cause) {
        return new CheckpointException(
                Reason.CORRUPT,
                "the checkpoint " + file + " is damaged or no checkpoint: move it away to begin anew",
                cause);
    }
}
