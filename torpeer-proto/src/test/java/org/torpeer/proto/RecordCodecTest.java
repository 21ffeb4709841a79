package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertRefused;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.proto.key.SeedKey;

final class RecordCodecTest {
    private static final Vectors VECTORS = Vectors.file("record.json");
    private static final Vectors FIRST = VECTORS.list("valid").get(0);
    private static final NetworkId NETWORK = NetworkId.of("my-network");
    private static final SeedKey KEY = SeedKey.of(FIRST.hex("seed"));
    private static final PeerRecord CONTENT = FIRST.object("content").content(KEY.id());

    @Test
    void signsAndEncodesTheVectors() {
        for (Vectors vector : VECTORS.list("valid")) {
            SeedKey key = SeedKey.of(vector.hex("seed"));
            NetworkId network = NetworkId.of(vector.text("network"));
            assertThat(key.id().toBytes()).isEqualTo(vector.hex("key"));

            SignedPeerRecord record = RecordCodec.sign(vector.object("content").content(key.id()), network, key);

            assertThat(record.payload()).as(vector.text("name")).isEqualTo(vector.hex("payload"));
            assertThat(RecordCodec.signedBytes(network, record.payload())).isEqualTo(vector.hex("signed"));
            assertThat(record.signature()).isEqualTo(vector.hex("signature"));
            assertThat(RecordCodec.encode(record)).isEqualTo(vector.hex("encoded"));
        }
    }

    @Test
    void decodesTheVectors() {
        for (Vectors vector : VECTORS.list("valid")) {
            NetworkId network = NetworkId.of(vector.text("network"));

            SignedPeerRecord record = RecordCodec.decode(vector.hex("encoded"));

            assertThat(record.content())
                    .as(vector.text("name"))
                    .isEqualTo(vector.object("content").content(record.peer()));
            assertThat(record.peer().toBytes()).isEqualTo(vector.hex("key"));
            assertThat(record.payload()).isEqualTo(vector.hex("payload"));
            assertThat(RecordCodec.signatureValid(record, network)).isTrue();
            assertThat(RecordCodec.signatureValid(record, NetworkId.of("another")))
                    .isFalse();
        }
    }

    @Test
    void aSuccessorConsentsForOneOldKeyAndOneNetwork() {
        PeerRecord handover = VECTORS.list("valid").stream()
                .filter(vector -> vector.text("name").contains("successor"))
                .findFirst()
                .orElseThrow()
                .object("content")
                .content(KEY.id());
        Successor consented = Objects.requireNonNull(handover.successor());
        assertThat(RecordCodec.successorValid(RecordCodec.sign(handover, NETWORK, KEY), NETWORK))
                .isTrue();
        assertThat(RecordCodec.successorValid(RecordCodec.sign(handover, NETWORK, KEY), NetworkId.of("another")))
                .isFalse();
        SeedKey other = SeedKey.of(new byte[32]);
        PeerRecord stolen = handedOver(other, consented);
        assertThat(RecordCodec.successorValid(RecordCodec.sign(stolen, NETWORK, other), NETWORK))
                .as("a consent given to somebody else")
                .isFalse();
        byte[] broken = consented.signature();
        broken[7] ^= 1;
        PeerRecord forged = handedOver(KEY, new Successor(consented.key(), broken));
        assertThat(RecordCodec.successorValid(RecordCodec.sign(forged, NETWORK, KEY), NETWORK))
                .isFalse();
        PeerRecord made = handedOver(KEY, RecordCodec.consent(other, KEY.id(), NETWORK));
        assertThat(RecordCodec.successorValid(RecordCodec.sign(made, NETWORK, KEY), NETWORK))
                .isTrue();
    }

    private static PeerRecord handedOver(SeedKey from, Successor to) {
        return new PeerRecord(
                new Endpoint(from.id(), CONTENT.endpoint().port()),
                RecordCodec.HANDOVER_SEQUENCE,
                CONTENT.issued(),
                CONTENT.lifetime(),
                PeerState.LEAVING,
                CONTENT.role(),
                List.of(),
                CONTENT.proof(),
                Attributes.NONE,
                to);
    }

    @Test
    void refusesTheMalformedVectors() {
        for (Vectors vector : VECTORS.list("invalid")) {
            assertRefused(vector.text("name"), vector.reason(), () -> RecordCodec.decode(vector.hex("encoded")));
        }
    }

    @Test
    void refusesEveryTruncation() {
        for (Vectors vector : VECTORS.list("valid")) {
            byte[] encoded = vector.hex("encoded");
            for (int length = 0; length < encoded.length; length++) {
                byte[] truncated = Arrays.copyOf(encoded, length);
                assertThat(Refusals.decodes(RecordCodec::decode, truncated)).isFalse();
            }
        }
    }

    @Test
    void noFlippedBitPassesBothDecodingAndSignature() {
        byte[] encoded = FIRST.hex("encoded");
        for (int bit = 0; bit < encoded.length * 8; bit++) {
            byte[] flipped = encoded.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(validAfterDecoding(flipped)).as("bit " + bit).isFalse();
        }
    }

    @Test
    void refusesMoreBytesThanAllowedBeforeReadingThem() {
        assertRefused("oversize", Malformation.TOO_LONG, () -> RecordCodec.decode(new byte[RecordCodec.MAX_BYTES + 1]));
    }

    @Test
    void anyByteAddedIsRefused() {
        byte[] encoded = FIRST.hex("encoded");
        byte[] longer = Arrays.copyOf(encoded, encoded.length + 1);
        for (int value = 0; value < 256; value++) {
            longer[encoded.length] = (byte) value;
            assertThat(Refusals.decodes(RecordCodec::decode, longer)).isFalse();
        }
    }

    @Test
    void signsOnlyWithTheKeyNamed() {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RecordCodec.sign(CONTENT, NETWORK, SeedKey.of(new byte[32])))
                .withMessageContaining("signed by the key it names");
    }

    @Test
    void signsNothingThatWouldNotDecode() {
        assertUnsignable(with(CONTENT.issued().plusSeconds(1), Duration.ofHours(1), List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued().plusNanos(1), Duration.ofHours(1), List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ZERO, List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ofMillis(1500), List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ofSeconds(-(1L << 32) + 1), List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ofDays(8), List.of(), Attributes.NONE));
        assertUnsignable(with(Instant.MIN, Duration.ofHours(1), List.of(), Attributes.NONE));
        assertUnsignable(with(Instant.MAX, Duration.ofHours(1), List.of(), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ofHours(1), List.of("\ud800"), Attributes.NONE));
        assertUnsignable(with(CONTENT.issued(), Duration.ofHours(1), longProtocols(), Attributes.NONE));
    }

    private static List<String> longProtocols() {
        return IntStream.range(10, 26).mapToObj(i -> i + "p".repeat(30)).toList();
    }

    private static void assertUnsignable(PeerRecord content) {
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> RecordCodec.sign(content, NETWORK, KEY));
    }

    private static PeerRecord with(Instant issued, Duration lifetime, List<String> protocols, Attributes attributes) {
        return new PeerRecord(
                CONTENT.endpoint(),
                CONTENT.sequence(),
                issued,
                lifetime,
                CONTENT.state(),
                CONTENT.role(),
                protocols,
                CONTENT.proof(),
                attributes);
    }

    private static boolean validAfterDecoding(byte[] encoded) {
        try {
            return RecordCodec.signatureValid(RecordCodec.decode(encoded), NETWORK);
        } catch (MalformedException e) {
            return false;
        }
    }
}
