package org.torpeer.node.internal;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

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

    public Proof proof(OnionKey key, NetworkId network, int bits) {
        PowKernel kernel = Providers.powAlgorithms().require("sha256").newKernel("");
        byte[] prefix = ProofPrefix.of(network, key.id(), "sha256", "", 0);
        int found = kernel.search(prefix, 0, Integer.MAX_VALUE, bits);
        return new Proof("sha256", "", bits, found, 0);
    }

    public PeerRecord content(OnionKey key) {
        return new PeerRecord(
                new Endpoint(key.id(), Endpoint.DEFAULT_PORT),
                1,
                floored(now),
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                proof(key, NETWORK, EASY.minimumBits()),
                Attributes.NONE);
    }

    public SignedPeerRecord record(OnionKey key) {
        return RecordCodec.sign(content(key), NETWORK, key);
    }

    public SignedPeerRecord record(OnionKey key, UnaryOperator<PeerRecord> change) {
        return RecordCodec.sign(change.apply(content(key)), NETWORK, key);
    }

    public Credentials credentials(OnionKey key, NetworkId network, List<Integer> versions) {
        SignedPeerRecord record = RecordCodec.sign(content(key), network, key);
        return new Credentials(network, key, network.toBytes(), () -> record, versions);
    }

    public Credentials credentials(OnionKey key) {
        return credentials(key, NETWORK, Credentials.VERSIONS);
    }

    public static PeerRecord issuedAt(PeerRecord record, Instant at) {
        return new PeerRecord(
                record.endpoint(),
                record.sequence(),
                floored(at),
                record.lifetime(),
                record.state(),
                record.role(),
                record.protocols(),
                record.proof(),
                record.attributes());
    }

    public static PeerRecord withProof(PeerRecord record, Proof proof) {
        return new PeerRecord(
                record.endpoint(),
                record.sequence(),
                record.issued(),
                record.lifetime(),
                record.state(),
                record.role(),
                record.protocols(),
                proof,
                record.attributes());
    }

    public static PeerRecord withState(PeerRecord record, PeerState state, long sequence) {
        return new PeerRecord(
                record.endpoint(),
                sequence,
                record.issued(),
                record.lifetime(),
                state,
                record.role(),
                record.protocols(),
                record.proof(),
                record.attributes());
    }

    private static Instant floored(Instant instant) {
        long granularity = RecordCodec.ISSUED_GRANULARITY.toSeconds();
        return Instant.ofEpochSecond(instant.getEpochSecond() / granularity * granularity);
    }
}
