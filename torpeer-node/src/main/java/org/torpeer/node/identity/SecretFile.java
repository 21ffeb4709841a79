package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.Driver;
import org.torpeer.node.internal.file.Checksum;
import org.torpeer.node.internal.file.WholeFile;
import org.torpeer.proto.key.SealedBytes;

/**
 * A file that holds a secret: sealed (see {@link SealedBytes}), or {@code "TorPeer-secret\1" | secret | SHA-256 of all
 * before}.
 */
@Driver("salts and nonces must be unpredictable wherever the node runs")
final class SecretFile {
    /** Far more than any secret here takes; a larger file is something else. */
    static final int MAX_BYTES = 1024;

    private static final byte[] MAGIC = "TorPeer-secret\1".getBytes(StandardCharsets.US_ASCII);

    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    /**
     * The bytes as they are in the file.
     *
     * @throws IdentityException if others may read or write the file
     * @throws InvalidInputException if it is larger than any such file
     */
    static byte[] raw(Path path) throws IOException {
        if (Files.isRegularFile(path) && WholeFile.openToOthers(path)) {
            throw new IdentityException(
                    "others may read or write " + path + ", which holds a secret key: run 'chmod 600 " + path + "'");
        }
        return WholeFile.read(path, MAX_BYTES);
    }

    /**
     * The secret in a file's bytes; whoever asks clears it after use.
     *
     * @param passphrase not changed; ignored if the bytes are not sealed
     * @throws WrongPassphraseException if they are, under another passphrase
     * @throws InvalidInputException if they are damaged
     */
    static byte[] opened(Path path, byte[] raw, char[] passphrase) {
        if (!SealedBytes.isSealed(raw)) {
            return checked(raw);
        }
        if (passphrase.length == 0) {
            throw new WrongPassphraseException(path + " is sealed: give its passphrase");
        }
        try {
            return SealedBytes.open(raw, passphrase);
        } catch (org.torpeer.proto.key.WrongPassphraseException e) {
            throw new WrongPassphraseException(path + " does not open: " + e.getMessage());
        }
    }

    /**
     * What to write to a file for a secret.
     *
     * @param passphrase not changed; empty if the secret is not to be sealed
     */
    static byte[] closed(byte[] secret, char[] passphrase) {
        return passphrase.length == 0 ? withChecksum(secret) : SealedBytes.seal(secret, passphrase, RANDOM);
    }

    /**
     * The secret in bytes that are not sealed.
     *
     * @throws InvalidInputException if they are not as they were written
     */
    static byte[] checked(byte[] raw) {
        int end = raw.length - Checksum.BYTES;
        boolean whole = end >= MAGIC.length
                && Arrays.equals(raw, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && Checksum.holds(raw);
        if (!whole) {
            throw new InvalidInputException("it was changed or cut, or is something else");
        }
        return Arrays.copyOfRange(raw, MAGIC.length, end);
    }

    private static byte[] withChecksum(byte[] secret) {
        byte[] content = Arrays.copyOf(MAGIC, MAGIC.length + secret.length);
        System.arraycopy(secret, 0, content, MAGIC.length, secret.length);
        try {
            return Checksum.append(content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    static void write(Path path, byte[] secret, char[] passphrase) throws IOException {
        byte[] content = closed(secret, passphrase);
        try {
            WholeFile.write(path, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }
}
