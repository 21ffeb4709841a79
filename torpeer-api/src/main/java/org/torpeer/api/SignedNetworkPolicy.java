package org.torpeer.api;

import java.util.Arrays;

/**
 * A policy together with the exact bytes its network's operator signed; they are stored and relayed as they came.
 *
 * <p>Only a codec makes instances, so content and bytes agree. An instance says nothing about the signature's validity.
 */
public final class SignedNetworkPolicy {
    private final NetworkPolicy content;
    private final byte[] payload;
    private final byte[] signature;

    /**
     * @param content what {@code payload} decodes to
     * @param payload the signed bytes, owned by this object from now on
     * @param signature 64 bytes, owned by this object from now on
     */
    public SignedNetworkPolicy(NetworkPolicy content, byte[] payload, byte[] signature) {
        this.content = content;
        this.payload = payload;
        this.signature = signature;
    }

    public NetworkPolicy content() {
        return content;
    }

    /** A copy of the signed bytes. */
    public byte[] payload() {
        return payload.clone();
    }

    /** A copy of the 64 signature bytes. */
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedNetworkPolicy that
                && Arrays.equals(payload, that.payload)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(payload) + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return content.toString();
    }
}
