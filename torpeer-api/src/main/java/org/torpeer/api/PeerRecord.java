package org.torpeer.api;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a peer says about itself; see {@link SignedPeerRecord} for the bytes it signed.
 *
 * @param endpoint the peer's key and port
 * @param sequence unsigned; the higher of two records of a key replaces the lower
 * @param issued whole seconds, floored to ten minutes so that it tells less about its maker
 * @param lifetime whole seconds from {@code issued}
 * @param protocols names of the request protocols the peer answers
 * @param attributes free bytes of the application
 * @param successor whom the owner hands over to, null if it does not
 */
public record PeerRecord(
        Endpoint endpoint,
        long sequence,
        Instant issued,
        Duration lifetime,
        PeerState state,
        Role role,
        List<String> protocols,
        Proof proof,
        Attributes attributes,
        @Nullable Successor successor) {
    /** Most protocols a record may name. */
    public static final int MAX_PROTOCOLS = 16;
    /** Longest protocol name in bytes of ASCII. */
    public static final int MAX_PROTOCOL_BYTES = 32;

    public PeerRecord {
        protocols = List.copyOf(protocols);
    }

    /** A record of an owner who hands over to nobody. */
    public PeerRecord(
            Endpoint endpoint,
            long sequence,
            Instant issued,
            Duration lifetime,
            PeerState state,
            Role role,
            List<String> protocols,
            Proof proof,
            Attributes attributes) {
        this(endpoint, sequence, issued, lifetime, state, role, protocols, proof, attributes, null);
    }

    public PeerId peer() {
        return endpoint.peer();
    }

    /** The first moment at which the record is no longer valid. */
    public Instant expires() {
        return issued.plus(lifetime);
    }

    /** Whether this record replaces another of the same key. */
    public boolean supersedes(PeerRecord other) {
        return Long.compareUnsigned(sequence, other.sequence) > 0;
    }
}
