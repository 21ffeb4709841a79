package org.torpeer.proto.key;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA-512 (FIPS 180-4) over the concatenation of parts. */
final class Sha512 {
    private Sha512() {}

    static byte[] of(byte[]... parts) {
        try {
            MessageDigest sha512 = MessageDigest.getInstance("SHA-512");
            for (byte[] part : parts) {
                sha512.update(part);
            }
            return sha512.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-512", e);
        }
    }
}
