package org.torpeer.proto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-256 (FIPS 180-4). */
final class Sha256 {
    static final int BYTES = 32;

    private static final MessageDigest FRESH = found();

    private Sha256() {}

    static byte[] of(byte[] whole) {
        return instance().digest(whole);
    }

    /** Each part preceded by its length (u32 big-endian), so that no two lists of parts hash alike. */
    static byte[] ofLengthPrefixed(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer whole = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            whole.putInt(part.length).put(part);
        }
        return of(whole.array());
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
