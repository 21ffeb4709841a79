package org.torpeer.proto;

import java.util.Arrays;
import java.util.List;

/**
 * First message of the handshake, by the dialer. Immutable: arrays are copied in and out.
 *
 * @param versions protocol versions the dialer speaks: 1 to 8 of them, each 1 to 255, ascending
 * @param capabilities a bit each
 * @param nonce 32 fresh random bytes
 * @param admission 32 bytes, see {@link HandshakeBinding#admission}
 */
public record ClientHello(List<Integer> versions, long capabilities, byte[] nonce, byte[] admission) {
    /**
     * @throws MalformedException BAD_FIELD if a component is not as described
     */
    public ClientHello {
        versions = List.copyOf(versions);
        nonce = nonce.clone();
        admission = admission.clone();
        Fields.versions(versions);
        Fields.length("a nonce", nonce.length, Fields.NONCE_BYTES);
        Fields.length("an admission", admission.length, Sha256.BYTES);
    }

    @Override
    public byte[] nonce() {
        return nonce.clone();
    }

    @Override
    public byte[] admission() {
        return admission.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ClientHello that
                && versions.equals(that.versions)
                && capabilities == that.capabilities
                && Arrays.equals(nonce, that.nonce)
                && Arrays.equals(admission, that.admission);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(nonce) + Arrays.hashCode(admission);
    }

    @Override
    public String toString() {
        return "ClientHello[versions=" + versions + ", capabilities=" + Long.toHexString(capabilities) + "]";
    }
}
