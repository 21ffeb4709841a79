package org.torpeer.api;

import java.util.Arrays;

/**
 * Whom the owner of a key hands over to: another key, and that key's consent. An instance says nothing about the
 * signature's validity.
 */
public final class Successor {
    private final PeerId key;
    private final byte[] signature;

    /**
     * @param key the key that goes on
     * @param signature 64 bytes by that key, copied
     */
    public Successor(PeerId key, byte[] signature) {
        this.key = key;
        this.signature = signature.clone();
    }

    public PeerId key() {
        return key;
    }

    /** A copy of the successor's signature. */
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Successor that && key.equals(that.key) && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * key.hashCode() + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "Successor[" + key + "]";
    }
}
