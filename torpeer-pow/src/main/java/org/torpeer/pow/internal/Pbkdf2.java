package org.torpeer.pow.internal;

import java.security.DigestException;
import java.security.MessageDigest;

/** PBKDF2-HMAC-SHA-256 (RFC 8018, RFC 2104) of one iteration, as scrypt uses it; allocates nothing. */
final class Pbkdf2 {
    private static final int BLOCK_BYTES = 64;
    private static final int HASH_BYTES = 32;

    private final MessageDigest sha256 = Attempt.sha256();
    private final byte[] inner = new byte[BLOCK_BYTES];
    private final byte[] outer = new byte[BLOCK_BYTES];
    private final byte[] index = new byte[Integer.BYTES];
    private final byte[] hash = new byte[HASH_BYTES];

    /**
     * Fills {@code key}.
     *
     * @param password at most 64 bytes
     */
    void derive(byte[] password, byte[] salt, byte[] key) {
        for (int i = 0; i < BLOCK_BYTES; i++) {
            int word = i < password.length ? password[i] : 0;
            inner[i] = (byte) (word ^ 0x36);
            outer[i] = (byte) (word ^ 0x5c);
        }
        for (int at = 0, block = 1; at < key.length; at += HASH_BYTES, block++) {
            index[2] = (byte) (block >>> 8);
            index[3] = (byte) block;
            mac(salt);
            System.arraycopy(hash, 0, key, at, Math.min(HASH_BYTES, key.length - at));
        }
    }

    private void mac(byte[] salt) {
        sha256.update(inner);
        sha256.update(salt);
        sha256.update(index);
        finish();
        sha256.update(outer);
        sha256.update(hash);
        finish();
    }

    private void finish() {
        try {
            sha256.digest(hash, 0, HASH_BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("32 bytes hold a SHA-256", e);
        }
    }
}
