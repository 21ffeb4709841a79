package org.torpeer.proto;

import java.util.Arrays;
import org.torpeer.proto.key.Ed25519;

/**
 * Second message of the handshake, by the acceptor. Immutable: arrays are copied in and out.
 *
 * @param offer an encoded {@link ServerOffer}, kept as it came because the signature is over these bytes
 * @param signature 64 bytes over {@link HandshakeBinding#serverSigned}
 */
public record ServerHello(byte[] offer, byte[] signature) {
    /**
     * @throws MalformedException BAD_FIELD if a component is not as described
     */
    public ServerHello {
        offer = offer.clone();
        signature = signature.clone();
        Fields.range("the length of an offer", offer.length, 1, HandshakeCodec.MAX_BYTES);
        Fields.length("a signature", signature.length, Ed25519.SIGNATURE_BYTES);
    }

    @Override
    public byte[] offer() {
        return offer.clone();
    }

    @Override
    public byte[] signature() {
        return signature.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerHello that
                && Arrays.equals(offer, that.offer)
                && Arrays.equals(signature, that.signature);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(offer) + Arrays.hashCode(signature);
    }

    @Override
    public String toString() {
        return "ServerHello[" + offer.length + " bytes offered]";
    }
}
