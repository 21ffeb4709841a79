package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.proto.key.SeedKey;

final class PolicyCodecTest {
    private static final Vectors VECTORS = Vectors.file("policy.json");
    private static final NetworkId NETWORK = NetworkId.of("my-network");
    private static final SeedKey OPERATOR =
            SeedKey.of(VECTORS.list("valid").get(0).hex("seed"));
    private static final NetworkPolicy POLICY =
            VECTORS.list("valid").get(0).object("content").policy();

    @Test
    void signsEncodesAndDecodesTheVectors() {
        for (Vectors vector : VECTORS.list("valid")) {
            NetworkPolicy content = vector.object("content").policy();
            SignedNetworkPolicy policy = PolicyCodec.sign(content, NETWORK, OPERATOR);

            assertThat(OPERATOR.id().toBytes()).isEqualTo(vector.hex("operator"));
            assertThat(policy.payload()).as(vector.text("name")).isEqualTo(vector.hex("payload"));
            assertThat(PolicyCodec.signedBytes(NETWORK, policy.payload())).isEqualTo(vector.hex("signed"));
            assertThat(policy.signature()).isEqualTo(vector.hex("signature"));
            assertThat(PolicyCodec.encode(policy)).isEqualTo(vector.hex("encoded"));
            assertThat(PolicyCodec.decode(vector.hex("encoded")))
                    .isEqualTo(policy)
                    .hasSameHashCodeAs(policy);
            assertThat(PolicyCodec.decode(vector.hex("encoded")).content()).isEqualTo(content);
        }
    }

    @Test
    void theOperatorSignsForOneNetwork() {
        SignedNetworkPolicy policy = PolicyCodec.sign(POLICY, NETWORK, OPERATOR);
        assertThat(PolicyCodec.signatureValid(policy, NETWORK, OPERATOR.id())).isTrue();
        assertThat(PolicyCodec.signatureValid(policy, NetworkId.of("another"), OPERATOR.id()))
                .isFalse();
        SeedKey mallory = SeedKey.of(new byte[32]);
        assertThat(PolicyCodec.signatureValid(policy, NETWORK, mallory.id())).isFalse();
        assertThat(PolicyCodec.signatureValid(PolicyCodec.sign(POLICY, NETWORK, mallory), NETWORK, OPERATOR.id()))
                .isFalse();
    }

    @Test
    void refusesTheMalformedVectors() {
        for (Vectors vector : VECTORS.list("invalid")) {
            assertRefused(vector.text("name"), vector.reason(), () -> PolicyCodec.decode(vector.hex("encoded")));
        }
    }

    @Test
    void noTruncationAndNoFlippedBitPassesBothDecodingAndSignature() {
        byte[] encoded = PolicyCodec.encode(PolicyCodec.sign(POLICY, NETWORK, OPERATOR));
        for (int length = 0; length < encoded.length; length++) {
            assertThat(Refusals.decodes(PolicyCodec::decode, Arrays.copyOf(encoded, length)))
                    .isFalse();
        }
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] flipped = encoded.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(validAfterDecoding(flipped)).as("bit " + bit).isFalse();
        }
        assertRefused("oversize", Malformation.TOO_LONG, () -> PolicyCodec.decode(new byte[PolicyCodec.MAX_BYTES + 1]));
    }

    @Test
    void signsNothingThatWouldNotDecode() {
        List<ProofRequirement> demanded = POLICY.requirements();
        for (NetworkPolicy bad : List.of(
                new NetworkPolicy(0, demanded, Instant.EPOCH, Duration.ZERO, List.of()),
                new NetworkPolicy(1, List.of(), Instant.EPOCH, Duration.ZERO, List.of()),
                new NetworkPolicy(1, demanded, Instant.EPOCH.plusNanos(1), Duration.ZERO, List.of()),
                new NetworkPolicy(1, demanded, Instant.MIN, Duration.ZERO, List.of()),
                new NetworkPolicy(1, demanded, Instant.MAX, Duration.ZERO, List.of()),
                new NetworkPolicy(1, demanded, Instant.EPOCH, Duration.ofSeconds(-1), List.of()),
                new NetworkPolicy(1, demanded, Instant.EPOCH, Duration.ofSeconds(-(1L << 32) + 1), List.of()),
                new NetworkPolicy(1, demanded, Instant.EPOCH, Duration.ofDays(366), List.of()),
                new NetworkPolicy(
                        1,
                        List.of(new ProofRequirement("\u20ac", "", 1, 0)),
                        Instant.EPOCH,
                        Duration.ZERO,
                        List.of()))) {
            assertThatExceptionOfType(InvalidInputException.class)
                    .as(bad.toString())
                    .isThrownBy(() -> PolicyCodec.sign(bad, NETWORK, OPERATOR));
        }
    }

    private static boolean validAfterDecoding(byte[] encoded) {
        try {
            return PolicyCodec.signatureValid(PolicyCodec.decode(encoded), NETWORK, OPERATOR.id());
        } catch (MalformedException e) {
            return false;
        }
    }
}
