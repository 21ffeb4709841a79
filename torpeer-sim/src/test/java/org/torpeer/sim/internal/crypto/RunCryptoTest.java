package org.torpeer.sim.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.crypto.SignatureScheme;
import org.torpeer.proto.Codec;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.ProofPrefix;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.Ed25519;
import org.torpeer.sim.Crypto;
import org.torpeer.testkit.TestSeed;

final class RunCryptoTest {
    private static final NetworkId NETWORK = NetworkId.of("crypto");

    private final RandomGenerator random = TestSeed.random("crypto");
    private final long secret = random.nextLong();

    @ParameterizedTest
    @EnumSource(Crypto.class)
    @DisplayName("a signature holds for its key and message, and not for anything else")
    void signatures(Crypto kind) {
        RunCrypto crypto = RunCrypto.of(kind, 10, secret);
        SignatureScheme scheme = crypto.primitives().signatures();
        Identity signer = crypto.identity(NETWORK, random);
        Identity other = crypto.identity(NETWORK, random);
        byte[] message = bytes(100);
        byte[] signature = signer.key().sign(message);
        assertThat(signature).hasSize(Ed25519.SIGNATURE_BYTES);
        assertThat(scheme.verify(signer.id(), message, signature)).isTrue();
        assertThat(scheme.verify(signer.id(), message, signature)).isTrue();
        assertThat(scheme.verify(other.id(), message, signature)).isFalse();
        assertThat(scheme.verify(signer.id(), message, new byte[63])).isFalse();
        assertThat(scheme.verify(signer.id(), new byte[0], signature)).isFalse();
        for (int i = 0; i < signature.length; i++) {
            byte[] changed = signature.clone();
            changed[i] ^= 1;
            assertThat(scheme.verify(signer.id(), message, changed)).isFalse();
        }
        message[random.nextInt(message.length)]++;
        assertThat(scheme.verify(signer.id(), message, signature)).isFalse();
    }

    @Test
    @DisplayName("what is remembered is what the scheme says, asked once; what is not good is asked again")
    void remembered() {
        int[] asked = {0};
        SignatureScheme even = (key, message, signature) -> {
            asked[0]++;
            return signature[0] % 2 == 0;
        };
        RememberedSignatures remembered = new RememberedSignatures(even, secret, 64);
        PeerId key = PeerId.of(bytes(PeerId.BYTES));
        byte[] good = {2, 5};
        byte[] bad = {3, 5};
        for (int i = 0; i < 3; i++) {
            assertThat(remembered.verify(key, good, good)).isTrue();
            assertThat(remembered.verify(key, good, bad)).isFalse();
        }
        assertThat(asked[0]).isEqualTo(4);
    }

    @Test
    @DisplayName("real signatures are the same with and without memory, and are Ed25519's")
    void real() {
        RunCrypto crypto = RunCrypto.of(Crypto.REAL, 10, secret);
        Identity signer = crypto.identity(NETWORK, random);
        byte[] message = bytes(50);
        assertThat(Ed25519.verify(signer.id(), message, signer.key().sign(message)))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Crypto.class)
    @DisplayName("an identity's proof holds for its key, and scores nothing for another")
    void proofs(Crypto kind) {
        RunCrypto crypto = RunCrypto.of(kind, 10, secret);
        Identity one = crypto.identity(NETWORK, random);
        Proof proof = one.proof();
        assertThat(crypto.requirement().metBy(proof)).isTrue();
        PowKernel kernel = crypto.primitives().proofs().apply(proof.algorithm()).newKernel(proof.parameters());
        assertThat(kernel.score(prefix(one.id(), proof), proof.nonce())).isGreaterThanOrEqualTo(proof.bits());
        int missed = 0;
        for (int i = 0; i < 64; i++) {
            PeerId stranger = PeerId.of(bytes(PeerId.BYTES));
            missed += kernel.score(prefix(stranger, proof), proof.nonce()) < proof.bits() ? 1 : 0;
        }
        assertThat(missed).isGreaterThan(56);
        assertThat(crypto.attempts()).isPositive();
    }

    @Test
    @DisplayName("who makes simulated proofs is charged what a search takes in the mean")
    void price() {
        SimulatedProofs proofs = new SimulatedProofs(secret);
        int bits = 10;
        int made = 4000;
        for (int i = 0; i < made; i++) {
            byte[] prefix = bytes(44);
            assertThat(proofs.newKernel("").score(prefix, proofs.solve(prefix, bits)))
                    .isEqualTo(bits);
        }
        assertThat(proofs.attempts() / made).isBetween(950.0, 1100.0);
        assertThat(proofs.verifications()).isEqualTo(made);
        assertThatThrownBy(() -> proofs.newKernel("N=2")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    @DisplayName("a search finds the one nonce where it is, and nothing elsewhere")
    void search() {
        SimulatedProofs proofs = new SimulatedProofs(secret);
        byte[] prefix = bytes(44);
        long nonce = proofs.solve(prefix, 12);
        PowKernel kernel = proofs.newKernel("");
        assertThat(kernel.search(prefix, nonce - 5, 10, 12)).isEqualTo(5);
        assertThat(kernel.search(prefix, nonce + 1, 1000, 12)).isEqualTo(PowKernel.NONE);
    }

    @Test
    @DisplayName("records and announcements that are the same are one object, and equal to what the codec gives")
    void shared() {
        RunCrypto crypto = RunCrypto.of(Crypto.SIMULATED, 10, secret);
        Codec codec = crypto.primitives().codec();
        SignedPeerRecord record = record(crypto);
        SignedPeerRecord first = codec.record(record.payload(), record.signature());
        assertThat(first).isEqualTo(record);
        assertThat(codec.record(record.payload(), record.signature())).isSameAs(first);
        byte[] frame = FrameCodec.encode(new Frame.Announce(record));
        assertThat(codec.frame(frame))
                .isInstanceOfSatisfying(
                        Frame.Announce.class,
                        announce -> assertThat(announce.record()).isSameAs(first));
        assertThat(codec.frame(frame.clone())).isSameAs(codec.frame(frame));
        byte[] otherSignature = record.signature();
        otherSignature[0]++;
        assertThat(codec.record(record.payload(), otherSignature)).isNotEqualTo(first);
    }

    @Test
    @DisplayName("what is malformed is refused every time")
    void malformed() {
        Codec codec = RunCrypto.of(Crypto.SIMULATED, 10, secret).primitives().codec();
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> codec.record(new byte[] {1}, new byte[64])).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> codec.frame(new byte[] {3, 9})).isInstanceOf(MalformedException.class);
            assertThatThrownBy(() -> codec.frame(new byte[0])).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    @DisplayName("a memory that is full begins anew and goes on")
    void full() {
        Known<Integer> known = new Known<>(3000);
        for (int i = 0; i < 10_000; i++) {
            byte[] first = {(byte) i, (byte) (i >>> 8)};
            byte[] last = bytes(20);
            known.put(first, last, i);
            assertThat(known.get(first, last)).isEqualTo(i);
            assertThat(known.get(last, last)).isNull();
        }
    }

    private SignedPeerRecord record(RunCrypto crypto) {
        Identity identity = crypto.identity(NETWORK, random);
        PeerRecord content = new PeerRecord(
                new Endpoint(identity.id(), 1),
                1,
                Instant.ofEpochSecond(600),
                Duration.ofHours(1),
                PeerState.ACTIVE,
                Role.PARTICIPANT,
                List.of(),
                identity.proof(),
                Attributes.NONE);
        return RecordCodec.sign(content, NETWORK, identity.key());
    }

    private static byte[] prefix(PeerId key, Proof proof) {
        return ProofPrefix.of(NETWORK, key, proof.algorithm(), proof.parameters(), proof.epoch());
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
