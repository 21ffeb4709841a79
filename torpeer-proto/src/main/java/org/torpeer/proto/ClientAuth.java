package org.torpeer.proto;

import java.util.Arrays;
import org.torpeer.proto.key.Ed25519;

/**
 * Third message of the handshake, by the dialer. Immutable: arrays are copied in and out.
 *
 * @param claim an encoded {@link ClientClaim}, kept as it came because the signature is over these bytes
 * @param signature 64 bytes over {@link HandshakeBinding#clientSigned}; empty if the dialer stays anonymous
 */
public record ClientAuth(byte[] claim, byte[] signature) {
    /**
     * @throws MalformedException BAD_FIELD if a component is not as described
     */
    public ClientAuth {
        claim = claim.clone();
        signature = signature.clone();
        Fields.range("the length of a claim", claim.length, 1, HandshakeCodec.MAX_BYTES);
        Fields.length("a signature", signature.length, signature.length == 0 ? 0 : Ed25519.SIGNATURE_BYTES);
    }

    @Override
    public byte[] claim() {
        return claim.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    /** Whether the dialer signs nothing, which only one that shows no record may do. */
    public boolean anonymous() {
        return signature.length == 0;
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
