package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.runtime.Driver;
import org.torpeer.node.internal.file.WholeFile;
import org.torpeer.proto.key.SealedBytes;

/** A file that holds a secret, sealed or as it is. */
@Driver("salts and nonces must be unpredictable wherever the node runs")
final class SecretFile {
    /** Far more than any secret here takes; a larger file is something else. */
    static final int MAX_BYTES = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(SecretFile.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private SecretFile() {}

    /** The bytes as they are in the file; warns if others could read them, too. */
    static byte[] raw(Path path) throws IOException {
        byte[] bytes = WholeFile.read(path, MAX_BYTES);
        if (WholeFile.openToOthers(path)) {
            LOG.warn(
                    "others may read or write {}, which holds a secret key: take that right from them (mode 600)",
                    path);
        }
        return bytes;
    }

    /**
     * The secret in a file's bytes; whoever asks clears it after use.
     *
     * @param passphrase not changed; ignored if the bytes are not sealed
     * @throws WrongPassphraseException if they are, under another passphrase
     * @throws org.torpeer.api.InvalidInputException if they are damaged
     */
    static byte[] opened(Path path, byte[] raw, char[] passphrase) {
        if (!SealedBytes.isSealed(raw)) {
            return raw.clone();
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
        return passphrase.length == 0 ? secret.clone() : SealedBytes.seal(secret, passphrase, RANDOM);
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
