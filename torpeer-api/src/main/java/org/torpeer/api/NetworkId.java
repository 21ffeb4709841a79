package org.torpeer.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * A network: {@code SHA-256("TorPeer-v1/net\0" | name)}. Signatures and proofs are bound to it, so nothing made for one
 * network is of use in another.
 */
public final class NetworkId {
    /** Longest name, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 64;

    private static final byte[] TAG = "TorPeer-v1/net\0".getBytes(StandardCharsets.US_ASCII);

    private final String name;
    private final byte[] id;

    private NetworkId(String name, byte[] id) {
        this.name = name;
        this.id = id;
    }

    /**
     * @throws InvalidInputException if the name is empty, longer than 64 bytes of UTF-8, or has control characters
     */
    public static NetworkId of(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (!new String(bytes, StandardCharsets.UTF_8).equals(name)) {
            throw new InvalidInputException("a network's name is Unicode text without lone surrogates");
        }
        if (bytes.length == 0 || bytes.length > MAX_NAME_BYTES) {
            throw new InvalidInputException("a network's name has 1 to 64 bytes, not " + bytes.length);
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInputException("a network's name has no control characters");
        }
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(TAG);
            return new NetworkId(name, sha256.digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public String name() {
        return name;
    }

    /** A copy of the 32 bytes that go into signatures and proofs. */
    public byte[] toBytes() {
        return id.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NetworkId that && Arrays.equals(id, that.id);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(id);
    }

    @Override
    public String toString() {
        return name;
    }
}
