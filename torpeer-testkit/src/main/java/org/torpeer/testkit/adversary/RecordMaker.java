package org.torpeer.testkit.adversary;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.proto.RecordCodec;

/**
 * Genuine records of a network, with proofs that are worked for on the spot: for networks that ask for little. Immutable.
 *
 * @param requirement what the network demands; its algorithm is found by name
 * @param now when the records are issued, floored to ten minutes
 */
public record RecordMaker(NetworkId network, ProofRequirement requirement, Instant now) {
    private static final int MOST_ATTEMPTS = 1 << 28;

    /** A proof that holds and is enough. */
    public Proof proof(OnionKey key) {
        return proof(key, network, requirement.minimumBits(), requirement.epoch());
    }

    /** A proof of the network's algorithm that holds, for whichever network and epoch. */
    public Proof proof(OnionKey key, NetworkId of, int bits, int epoch) {
        String algorithm = requirement.algorithm();
        PowKernel kernel = Providers.powAlgorithms().require(algorithm).newKernel(requirement.parameters());
        byte[] prefix = ProofPrefix.of(of, key.id(), algorithm, requirement.parameters(), epoch);
        int found = kernel.search(prefix, 0, MOST_ATTEMPTS, bits);
        if (found == PowKernel.NONE) {
            throw new AssertionError("no proof of " + bits + " bits within " + MOST_ATTEMPTS + " attempts");
        }
        return new Proof(algorithm, requirement.parameters(), bits, found, epoch);
    }

    /** Whether a proof of the network's algorithm is worth its claim for the key in this network, as it says it is. */
    public boolean holds(PeerId key, Proof proof) {
        PowKernel kernel = Providers.powAlgorithms().require(proof.algorithm()).newKernel(proof.parameters());
        return kernel.score(prefix(key, proof), proof.nonce()) >= proof.bits();
    }

    byte[] prefix(PeerId key, Proof proof) {
        return ProofPrefix.of(network, key, proof.algorithm(), proof.parameters(), proof.epoch());
    }

    public PeerRecord content(OnionKey key) {
        return content(key, proof(key));
    }

    /** With a proof of whatever kind. */
    public PeerRecord content(OnionKey key, Proof proof) {
        return new PeerRecord(
                new Endpoint(key.id(), Endpoint.DEFAULT_PORT),
                1,
                Altered.floored(now),
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                proof,
                Attributes.NONE);
    }

    public SignedPeerRecord record(OnionKey key) {
        return RecordCodec.sign(content(key), network, key);
    }

    /** Genuine but for what is changed; signed by its key after that. */
    public SignedPeerRecord record(OnionKey key, UnaryOperator<PeerRecord> change) {
        return RecordCodec.sign(change.apply(content(key)), network, key);
    }

    /** A member of the (public) network. */
    public Persona persona(OnionKey key) {
        return new Persona(network, key, record(key));
    }
}
