package org.torpeer.node.internal.handshake;

import java.util.List;
import java.util.function.Supplier;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.SignedPeerRecord;

/**
 * What a node brings to its handshakes.
 *
 * @param secret the key of the admission check
 * @param record our newest record
 * @param versions the protocol versions we speak, ascending
 */
public record Credentials(
        NetworkId network, OnionKey key, byte[] secret, Supplier<SignedPeerRecord> record, List<Integer> versions) {
    /** The versions this implementation speaks. */
    public static final List<Integer> VERSIONS = List.of(1);
}
