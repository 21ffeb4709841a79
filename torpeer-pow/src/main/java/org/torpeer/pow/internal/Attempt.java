package org.torpeer.pow.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;

/**
 * The message of one attempt, prefix then nonce, and its SHA-256 (FIPS 180-4). Its 52 bytes and the padding fill exactly
 * one block, so an attempt is one compression. Not safe for several threads.
 */
final class Attempt {
    static final int MESSAGE_BYTES = PowAlgorithm.PREFIX_BYTES + Long.BYTES;
    private static final int HASH_BYTES = 32;
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle HALF_WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] message = new byte[MESSAGE_BYTES];
    private final byte[] hash = new byte[HASH_BYTES];
    private final MessageDigest sha256 = sha256();

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void prefix(byte[] prefix) {
        if (prefix.length != PowAlgorithm.PREFIX_BYTES) {
            throw new InvalidInputException("a prefix has 44 bytes, not " + prefix.length);
        }
        System.arraycopy(prefix, 0, message, 0, PowAlgorithm.PREFIX_BYTES);
    }

    /** The leading zero bits of the message's SHA-256 with this nonce. */
    int leadingZeros(long nonce) {
        WORDS.set(message, PowAlgorithm.PREFIX_BYTES, nonce);
        sha256.update(message);
        try {
            sha256.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
        return leadingZeros(hash);
    }

    /** The message with this nonce; the array itself, not to be changed. */
    byte[] messageWith(long nonce) {
        WORDS.set(message, PowAlgorithm.PREFIX_BYTES, nonce);
        return message;
    }

    /** The 32-bit word with this index. */
    static int word(byte[] message, int index) {
        return (int) HALF_WORDS.get(message, index * Integer.BYTES);
    }

    /** The leading zero bits of 32 bytes: 0 to 256. */
    static int leadingZeros(byte[] hash) {
        // As wide as the digest writes them: a wider load would have to wait for two stores.
        for (int i = 0; i < HASH_BYTES; i += Integer.BYTES) {
            int word = (int) HALF_WORDS.get(hash, i);
            if (word != 0) {
                return i * Byte.SIZE + Integer.numberOfLeadingZeros(word);
            }
        }
        return HASH_BYTES * Byte.SIZE;
    }

    static void checkRange(int count, int bits) {
        if (count < 1) {
            throw new InvalidInputException("a search tries at least one nonce, not " + count);
        }
        if (bits < 0 || bits > HASH_BYTES * Byte.SIZE) {
            throw new InvalidInputException("a difficulty is 0 to 256 bits, not " + bits);
        }
    }
}
