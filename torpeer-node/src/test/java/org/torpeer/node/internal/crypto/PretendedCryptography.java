package org.torpeer.node.internal.crypto;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
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
import org.torpeer.proto.RecordCodec;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** What a simulation might use: signatures are hashes that anybody could make, proofs cost nothing. */
public final class PretendedCryptography {
    public static final ProofRequirement REQUIREMENT = new ProofRequirement("pretended", "", 30, 0);
    public static final Proof PROOF = new Proof("pretended", "", 30, 7, 0);
    public static final Primitives PRIMITIVES = new Primitives(
            PretendedCryptography::verify,
            name -> new FixedScores("pretended", 0, nonce -> nonce == PROOF.nonce() ? PROOF.bits() : 0));

    private PretendedCryptography() {}

    public static OnionKey key(int number) {
        PeerId id = PeerId.of(
                hash(new byte[32], ByteBuffer.allocate(4).putInt(number).array()));
        return new Key(id);
    }

    /** A record that is valid when virtual time begins. */
    public static SignedPeerRecord record(OnionKey key, NetworkId network) {
        PeerRecord content = new PeerRecord(
                new Endpoint(key.id(), Endpoint.DEFAULT_PORT),
                1,
                VirtualTime.START,
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                PROOF,
                Attributes.NONE);
        return RecordCodec.sign(content, network, key);
    }

    private static boolean verify(PeerId key, byte[] message, byte[] signature) {
        return Arrays.equals(signature, signature(key, message));
    }

    private static byte[] signature(PeerId key, byte[] message) {
        return Arrays.copyOf(hash(key.toBytes(), message), 64);
    }

    private static byte[] hash(byte[] key, byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(key);
            return digest.digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private record Key(PeerId id) implements OnionKey {
        @Override
        public byte[] sign(byte[] message) {
            return signature(id, message);
        }

        @Override
        public byte[] expanded() {
            throw new UnsupportedOperationException("a pretended key is of no use to Tor");
        }
    }
}
