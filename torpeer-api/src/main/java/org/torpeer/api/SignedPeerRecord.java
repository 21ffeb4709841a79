package org.torpeer.api;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A record together with the exact bytes its owner signed. Those bytes are the only truth: they are stored and relayed
 * as they came, and the decoded content is a view of them.
 *
 * <p>Only a codec makes instances, so content and bytes agree. An instance says nothing about the signature's or the
 * proof's validity.
 */
public final class SignedPeerRecord {
    private final PeerRecord content;
    private final byte[] payload;
    private final byte[] signature;

    /**
     * @param content what {@code payload} decodes to
     * @param payload the signed bytes, owned by this object from now on
     * @param signature 64 bytes, owned by this object from now on
     */
    public SignedPeerRecord(PeerRecord content, byte[] payload, byte[] signature) {
        this.content = content;
        this.payload = payload;
        this.signature = signature;
    }

    public PeerRecord content() {
        return content;
    }

    public PeerId peer() {
        return content.peer();
    }

    /** A copy of the signed bytes. */
    public byte[] payload() {
        return payload.clone();
    }

    /**
     * Puts the signed bytes into a buffer.
     *
     * @throws java.nio.BufferOverflowException if it has no room for {@link #payloadLength}
     */
    public void putPayload(ByteBuffer into) {
        into.put(payload);
    }

    /** How many bytes were signed. */
    public int payloadLength() {
        return payload.length;
    }

    /** A copy of the 64 signature bytes. */
    public byte[] signature() {
        return signature.clone();
    }

    /**
     * Puts the 64 signature bytes into a buffer.
     *
     * @throws java.nio.BufferOverflowException if it has no room for them
     */
    public void putSignature(ByteBuffer into) {
        into.put(signature);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SignedPeerRecord that
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
