package org.torpeer.node.internal.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** A SHA-256 behind the content of a file, by which damage is noticed before anything is read. */
public final class Checksum {
    public static final int BYTES = 32;

    private Checksum() {}

    /** A new array: the content and its checksum. */
    public static byte[] append(byte[] content) {
        byte[] whole = Arrays.copyOf(content, content.length + BYTES);
        System.arraycopy(sha256(content, content.length), 0, whole, content.length, BYTES);
        return whole;
    }

    /** Whether the last bytes are the checksum of those before them; false if there are too few. */
    public static boolean holds(byte[] whole) {
        int length = whole.length - BYTES;
        return length >= 0 && Arrays.equals(whole, length, whole.length, sha256(whole, length), 0, BYTES);
    }

    private static byte[] sha256(byte[] content, int length) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(content, 0, length);
            return sha256.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
