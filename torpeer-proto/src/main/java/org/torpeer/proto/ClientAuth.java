package org.torpeer.proto;

import java.util.Arrays;
import org.torpeer.proto.key.Ed25519;

/**
 * Third message of the handshake, by the dialer. Immutable: arrays are copied in and out.
 *
 * @param claim an encoded {@link ClientClaim}, kept as it came because the signature is over these bytes; empty if the
 *     dialer stays anonymous
 * @param signature 64 bytes over {@link HandshakeBinding#clientSigned}; empty if and only if {@code claim} is
 */
public record ClientAuth(byte[] claim, byte[] signature) {
    /**
     * @throws MalformedException BAD_FIELD if a component is not as described
     */
    public ClientAuth {
        claim = claim.clone();
        signature = signature.clone();
        Fields.range("the length of a claim", claim.length, 0, HandshakeCodec.MAX_BYTES);
        Fields.length("a signature", signature.length, claim.length == 0 ? 0 : Ed25519.SIGNATURE_BYTES);
    }

    @Override
    public byte[] claim() {
        return claim.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** Whether the dialer shows no record. */
    public boolean anonymous() {
        return claim.length == 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientAuth that
                && Arrays.equals(claim, that.claim)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(claim) + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "ClientAuth[" + (anonymous() ? "anonymous" : claim.length + " bytes claimed") + "]";
    }
}
