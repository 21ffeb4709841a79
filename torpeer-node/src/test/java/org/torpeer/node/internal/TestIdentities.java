package org.torpeer.node.internal;

import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.adversary.Altered;
import org.torpeer.testkit.adversary.RecordMaker;

/** Keys with genuine proofs and records, made in a millisecond. */
public final class TestIdentities {
    public static final NetworkId NETWORK = NetworkId.of("test");
    public static final ProofRequirement EASY = new ProofRequirement("sha256", "", 8, 0);

    private final RandomGenerator random;
    private final Instant now;

    public TestIdentities(RandomGenerator random, Instant now) {
        this.random = random;
        this.now = now;
    }

    public SeedKey key() {
        return SeedKey.generate(random);
    }

    /** Makes what these identities show. */
    public RecordMaker maker() {
        return new RecordMaker(NETWORK, EASY, now);
    }

    public Proof proof(OnionKey key, NetworkId network, int bits) {
        return maker().proof(key, network, bits, EASY.epoch());
    }

    public PeerRecord content(OnionKey key) {
        return maker().content(key);
    }

    public SignedPeerRecord record(OnionKey key) {
        return maker().record(key);
    }

    public SignedPeerRecord record(OnionKey key, UnaryOperator<PeerRecord> change) {
        return maker().record(key, change);
    }

    public Credentials credentials(OnionKey key, NetworkId network, List<Integer> versions) {
        SignedPeerRecord record = RecordCodec.sign(content(key), network, key);
        return new Credentials(network, key, network.toBytes(), () -> record, versions);
    }

    public Credentials credentials(OnionKey key) {
        return credentials(key, NETWORK, Credentials.VERSIONS);
    }

    public static PeerRecord issuedAt(PeerRecord record, Instant at) {
        return Altered.issued(record, at);
    }

    public static PeerRecord withProof(PeerRecord record, Proof proof) {
        return Altered.proof(record, proof);
    }

    public static PeerRecord withState(PeerRecord record, PeerState state, long sequence) {
        return Altered.state(record, state, sequence);
    }
}
