package org.torpeer.node.identity;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionKey;
import org.torpeer.node.internal.file.Trouble;
import org.torpeer.proto.key.SealedBytes;
import org.torpeer.proto.key.SeedKey;

/**
 * The key a network's operator signs policies with, in a file readable by its owner alone: {@code "TorPeer-operator\1"}
 * and the key's seed, sealed if asked for. Passphrases are as those of {@link IdentityFile}.
 */
public final class OperatorKey {
    private static final byte[] MAGIC = "TorPeer-operator\1".getBytes(StandardCharsets.US_ASCII);

    private OperatorKey() {}

    /**
     * Makes a key and keeps it in a file that was not there before.
     *
     * @param random a cryptographically strong source
     * @throws IdentityException if the file exists or cannot be written
     */
    public static OnionKey create(Path file, char[] passphrase, RandomGenerator random) {
        SeedKey key = SeedKey.generate(random);
        byte[] seed = key.seed();
        byte[] secret = Arrays.copyOf(MAGIC, MAGIC.length + SeedKey.BYTES);
        System.arraycopy(seed, 0, secret, MAGIC.length, SeedKey.BYTES);
        try {
            requireNew(file);
            SecretFile.write(file, secret, passphrase);
            return key;
        } catch (IOException e) {
            throw new IdentityNotKeptException("cannot write " + file + ": " + Trouble.of(e), e);
        } finally {
            Arrays.fill(seed, (byte) 0);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
    }

    /** @throws IdentityException if the file exists */
    public static void requireNew(Path file) {
        if (Files.exists(file)) {
            throw new IdentityException(file + " exists already; it is kept: name another file");
        }
    }

    /**
     * Whether a passphrase is needed.
     *
     * @throws IdentityException if the file is missing or cannot be read
     */
    public static boolean sealed(Path file) {
        byte[] raw = raw(file);
        try {
            return SealedBytes.isSealed(raw);
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    /**
     * @throws WrongPassphraseException if the file is sealed under another passphrase
     * @throws IdentityException if it is missing, damaged, or something else
     */
    public static OnionKey load(Path file, char[] passphrase) {
        byte[] raw = raw(file);
        byte[] secret = {};
        try {
            secret = SecretFile.opened(file, raw, passphrase);
            boolean whole = secret.length == MAGIC.length + SeedKey.BYTES
                    && Arrays.equals(secret, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
            if (!whole) {
                throw new IdentityException(file + " does not hold an operator's key");
            }
            return SeedKey.of(Arrays.copyOfRange(secret, MAGIC.length, secret.length));
        } catch (InvalidInputException e) {
            throw new IdentityException(file + " is damaged: " + e.getMessage(), e);
        } finally {
            Arrays.fill(raw, (byte) 0);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(passphrase, '\0');
        }
    }

    private static byte[] raw(Path file) {
        try {
            return SecretFile.raw(file);
        } catch (InvalidInputException e) {
            throw new IdentityException(e.getMessage(), e);
        } catch (IOException e) {
            throw new IdentityException("cannot read " + file + ": " + Trouble.of(e), e);
        }
    }
}
