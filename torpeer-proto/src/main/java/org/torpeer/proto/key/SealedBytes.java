package org.torpeer.proto.key;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;
import org.torpeer.api.InvalidInputException;

/**
 * Secrets encrypted under a passphrase: {@code "TorPeer-sealed\1" | u8 log2 N | u8 r | u8 p | salt (16) | nonce (12) |
 * AES-256-GCM}, of which the key is scrypt (RFC 7914) of the passphrase in UTF-8 and the salt, and everything before the
 * ciphertext is authenticated with it. Stateless.
 */
public final class SealedBytes {
    /** How much longer sealed bytes are than what they hold. */
    public static final int OVERHEAD_BYTES = 62;

    private static final byte[] MAGIC = "TorPeer-sealed\1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int HEADER_BYTES = MAGIC.length + 3 + SALT_BYTES + NONCE_BYTES;
    private static final int KEY_BYTES = 32;

    /** 32 MiB and about a tenth of a second. */
    private static final int LOG2_N = 15;

    /** What is read back at most: 128 MiB. A file must not make us allocate what it likes. */
    private static final int MAX_LOG2_N = 17;

    private static final int R = 8;
    private static final int P = 1;

    private SealedBytes() {}

    /** Whether the bytes begin as sealed ones do. */
    public static boolean isSealed(byte[] bytes) {
        return bytes.length >= MAGIC.length && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
    }

    /**
     * @param secret not changed
     * @param passphrase not changed, not empty
     * @param random a cryptographically strong source
     * @throws InvalidInputException if the passphrase is empty
     */
    public static byte[] seal(byte[] secret, char[] passphrase, RandomGenerator random) {
        if (passphrase.length == 0) {
            throw new InvalidInputException("a passphrase is not empty");
        }
        byte[] salt = new byte[SALT_BYTES];
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(salt);
        random.nextBytes(nonce);
        byte[] header = ByteBuffer.allocate(HEADER_BYTES)
                .put(MAGIC)
                .put((byte) LOG2_N)
                .put((byte) R)
                .put((byte) P)
                .put(salt)
                .put(nonce)
                .array();
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, header, passphrase).doFinal(secret);
            return ByteBuffer.allocate(HEADER_BYTES + encrypted.length)
                    .put(header)
                    .put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * Checks that bytes have the form of sealed ones, whatever the passphrase.
     *
     * @throws InvalidInputException if they have not, or ask for another cost than this version works with
     */
    public static void check(byte[] sealed) {
        if (!isSealed(sealed) || sealed.length < OVERHEAD_BYTES) {
            throw new InvalidInputException("these are not sealed bytes of version 1");
        }
        int log2n = sealed[MAGIC.length];
        boolean costKnown = log2n >= LOG2_N
                && log2n <= MAX_LOG2_N
                && sealed[MAGIC.length + 1] == R
                && sealed[MAGIC.length + 2] == P;
        if (!costKnown) {
            throw new InvalidInputException("sealed bytes ask for another scrypt than N = 2^15 to 2^17, r = 8, p = 1");
        }
    }

    /**
     * @param passphrase not changed
     * @return the secret; whoever asks clears it after use
     * @throws WrongPassphraseException if the passphrase is not the one that sealed these bytes, or they were changed since
     * @throws InvalidInputException as {@link #check}
     */
    public static byte[] open(byte[] sealed, char[] passphrase) {
        check(sealed);
        if (passphrase.length == 0) {
            throw new WrongPassphraseException("a passphrase is needed");
        }
        byte[] header = Arrays.copyOf(sealed, HEADER_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, header, passphrase)
                    .doFinal(sealed, HEADER_BYTES, sealed.length - HEADER_BYTES);
        } catch (AEADBadTagException e) {
            throw new WrongPassphraseException("the passphrase is wrong, or the file was changed");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Everything that the key and the cipher depend on is in the header. */
    private static Cipher cipher(int mode, byte[] header, char[] passphrase) throws GeneralSecurityException {
        int saltAt = MAGIC.length + 3;
        byte[] salt = Arrays.copyOfRange(header, saltAt, saltAt + SALT_BYTES);
        byte[] password = utf8(passphrase);
        byte[] key = SCrypt.generate(password, salt, 1 << header[MAGIC.length], R, P, KEY_BYTES);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    mode,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(8 * TAG_BYTES, header, saltAt + SALT_BYTES, NONCE_BYTES));
            cipher.updateAAD(header);
            return cipher;
        } finally {
            Arrays.fill(password, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] utf8(char[] passphrase) {
        CharsetEncoder encoder = StandardCharsets.UTF_8.newEncoder();
        byte[] room = new byte[(int) (encoder.maxBytesPerChar() * passphrase.length)];
        ByteBuffer out = ByteBuffer.wrap(room);
        try {
            if (encoder.encode(CharBuffer.wrap(passphrase), out, true).isError()) {
                throw new InvalidInputException("a passphrase is Unicode text without lone surrogates");
            }
            return Arrays.copyOf(room, out.position());
        } finally {
            Arrays.fill(room, (byte) 0);
        }
    }
}
