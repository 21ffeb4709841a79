package org.torpeer.proto;

import java.util.Arrays;
import java.util.List;
import org.torpeer.api.SignedPeerRecord;

/**
 * What the acceptor says of itself. Immutable: arrays are copied in and out.
 *
 * @param version the protocol version chosen, one of {@code versions}
 * @param versions all that the acceptor speaks: 1 to 8 of them, each 1 to 255, ascending
 * @param capabilities a bit each
 * @param nonce 32 fresh random bytes
 * @param record the acceptor's own
 */
public record ServerOffer(
        int version, List<Integer> versions, long capabilities, byte[] nonce, SignedPeerRecord record) {
    /**
     * @throws MalformedException BAD_FIELD if a component is not as described
     */
    public ServerOffer {
        versions = List.copyOf(versions);
        nonce = nonce.clone();
        Fields.versions(versions);
        if (!versions.contains(version)) {
            throw Fields.bad("the version chosen is one of those spoken");
        }
        Fields.length("a nonce", nonce.length, Fields.NONCE_BYTES);
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ServerOffer that
                && version == that.version
                && versions.equals(that.versions)
                && capabilities == that.capabilities
                && Arrays.equals(nonce, that.nonce)
                && record.equals(that.record);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nonce) + record.hashCode();
    }

    @Override
    public String toString() {
        return "ServerOffer[version=" + version + ", versions=" + versions + ", capabilities="
                + Long.toHexString(capabilities) + ", record=" + record + "]";
    }
}
