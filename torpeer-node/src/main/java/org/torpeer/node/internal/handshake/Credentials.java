package org.torpeer.node.internal.handshake;

import java.util.List;
import java.util.function.Supplier;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.crypto.SignatureScheme;
import org.torpeer.proto.Codec;

/**
 * What a node brings to its handshakes.
 *
 * @param secret the key of the admission check
 * @param record our newest record
 * @param versions the protocol versions we speak, ascending
 * @param signatures what the other side's signature is verified with
 * @param codec what its messages are read with
 */
public record Credentials(
        NetworkId network,
        OnionKey key,
        byte[] secret,
        Supplier<SignedPeerRecord> record,
        List<Integer> versions,
        SignatureScheme signatures,
        Codec codec) {
    /** The versions this implementation speaks. */
    public static final List<Integer> VERSIONS = List.of(1);

    /** Credentials of the real world. */
    public Credentials(
            NetworkId network, OnionKey key, byte[] secret, Supplier<SignedPeerRecord> record, List<Integer> versions) {
        this(network, key, secret, record, versions, SignatureScheme.ED25519);
    }

    /** Credentials with the codec that every node has. */
    public Credentials(
            NetworkId network,
            OnionKey key,
            byte[] secret,
            Supplier<SignedPeerRecord> record,
            List<Integer> versions,
            SignatureScheme signatures) {
        this(network, key, secret, record, versions, signatures, Codec.STANDARD);
    }
}
