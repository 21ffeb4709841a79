package org.torpeer.pow.checkpoint;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;

/**
 * How far a search has come. The prefix names network, key, algorithm, parameters and epoch, so a checkpoint is of one
 * search only.
 *
 * @param algorithm name of the algorithm
 * @param parameters its parameters
 * @param prefix {@link PowAlgorithm#PREFIX_BYTES} bytes
 * @param nextNonce where to search on: every nonce before it, from where the search began, was tried
 * @param attempts nonces tried, those also counted that were tried beyond {@code nextNonce}
 * @param spentNanos time the search took so far, in nanoseconds, the times between its runs left out
 * @param found the nonce found last, if any was
 */
public record MiningCheckpoint(
        String algorithm,
        String parameters,
        byte[] prefix,
        long nextNonce,
        long attempts,
        long spentNanos,
        OptionalLong found) {
    private static final int MAX_TEXT = 256;

    /** @throws InvalidInputException if a value is out of its range, or a text not printable ASCII or too long */
    public MiningCheckpoint {
        if (prefix.length != PowAlgorithm.PREFIX_BYTES) {
            throw new InvalidInputException("a prefix has 44 bytes, not " + prefix.length);
        }
        if (attempts < 0 || spentNanos < 0) {
            throw new InvalidInputException("attempts and time of a checkpoint are not negative");
        }
        if (!printable(algorithm) || !printable(parameters)) {
            throw new InvalidInputException("names and parameters are printable ASCII of at most 256 characters");
        }
        prefix = prefix.clone();
    }

    @Override
    public byte[] prefix() {
        return prefix.clone();
    }

    /**
     * The checkpoint in a file; empty if there is no file.
     *
     * @throws CheckpointException if the file is not a whole checkpoint, or cannot be read; it is left as it is
     */
    public static Optional<MiningCheckpoint> read(Path file) {
        return CheckpointFile.read(file);
    }

    /**
     * Writes the file, at once or not at all: whoever reads it, even after a crash, sees the old checkpoint or this one.
     *
     * @throws CheckpointException if it cannot be written; an older file is left as it is
     */
    public void write(Path file) {
        CheckpointFile.write(this, file);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MiningCheckpoint that
                && algorithm.equals(that.algorithm)
                && parameters.equals(that.parameters)
                && Arrays.equals(prefix, that.prefix)
                && nextNonce == that.nextNonce
                && attempts == that.attempts
                && spentNanos == that.spentNanos
                && found.equals(that.found);
    }

    @Override
    public int hashCode() {
        return Objects.hash(algorithm, parameters, Arrays.hashCode(prefix), nextNonce, attempts, spentNanos, found);
    }

    private static boolean printable(String text) {
        return text.length() <= MAX_TEXT && text.chars().allMatch(c -> c >= ' ' && c <= '~');
    }
}
