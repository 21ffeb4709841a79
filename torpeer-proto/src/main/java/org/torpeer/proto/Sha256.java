package org.torpeer.proto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4) over the concatenation of parts. */
final class Sha256 {
    static final int BYTES = 32;

    private static final MessageDigest FRESH = found();

    private Sha256() {}

    static byte[] of(byte[]... parts) {
        MessageDigest sha256 = instance();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** Each part preceded by its length, so that no two lists of parts hash alike. */
    static byte[] ofLengthPrefixed(byte[]... parts) {
        MessageDigest sha256 = instance();
        for (byte[] part : parts) {
            sha256.update(u32(part.length));
            sha256.update(part);
        }
        return sha256.digest();
    }

    /** Big-endian. */
    static byte[] u32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    /** A copy costs a fraction of looking for a provider each time. */
    private static MessageDigest instance() {
        try {
            return (MessageDigest) FRESH.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("the JDK's own SHA-256 can be cloned", e);
        }
    }

    private static MessageDigest found() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
