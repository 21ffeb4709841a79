package org.torpeer.sim.internal.adversary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.identity.Identity;
import org.torpeer.proto.RecordCodec;

/** An identity of an adversary, with the record that it shows. */
record Persona(Identity identity, SignedPeerRecord record) {
    /** The protocol versions that it says it speaks. */
    static final List<Integer> VERSIONS = List.of(1);

    /** Longer than a run, so that it need not be made anew. */
    private static final Duration LIFETIME = Duration.ofDays(7);

    /** A genuine one. */
    static Persona of(Identity identity, Instant now) {
        return new Persona(identity, signed(identity, identity.proof(), now));
    }

    OnionKey key() {
        return identity.key();
    }

    NetworkId network() {
        return identity.network();
    }

    /** Of a public network: its name. */
    byte[] secret() {
        return network().toBytes();
    }

    /** A record of this identity with a proof that claims more than it holds; the signature is right. */
    SignedPeerRecord junkProof(long nonce, Instant now) {
        Proof own = identity.proof();
        return signed(
                identity,
                new Proof(own.algorithm(), own.parameters(), Math.min(255, own.bits() + 40), nonce, own.epoch()),
                now);
    }

    private static SignedPeerRecord signed(Identity identity, Proof proof, Instant now) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        Instant issued = Instant.ofEpochSecond(now.getEpochSecond() / granularity * granularity);
        PeerRecord content = new PeerRecord(
                new Endpoint(identity.id(), Endpoint.DEFAULT_PORT),
                issued.getEpochSecond(),
                issued,
                LIFETIME,
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                proof,
                Attributes.NONE);
        return RecordCodec.sign(content, identity.network(), identity.key());
    }
}
