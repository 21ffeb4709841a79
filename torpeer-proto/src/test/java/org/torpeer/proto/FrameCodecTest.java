package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertNoTruncationPasses;
import static org.torpeer.proto.Refusals.assertRefused;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.internal.wire.Peers;
import org.torpeer.proto.key.SeedKey;

final class FrameCodecTest {
    private static final Vectors VECTORS = Vectors.file("frame.json");

    @Test
    void encodesAndDecodesTheVectors() {
        for (Vectors vector : VECTORS.list("valid")) {
            Frame frame = frame(vector);
            assertThat(FrameCodec.decode(vector.hex("payload")))
                    .isEqualTo(frame)
                    .hasSameHashCodeAs(frame);
            if (!(frame instanceof Frame.Unknown)) {
                assertThat(FrameCodec.encode(frame)).isEqualTo(vector.hex("payload"));
                assertThat(FrameCodec.framed(frame)).isEqualTo(FrameReader.frame(vector.hex("payload")));
            }
        }
    }

    @Test
    void theVectorsHaveEveryTypeOfFrame() {
        assertThat(VECTORS.list("valid").stream().map(v -> v.text("type")).collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(List.of(Frame.class.getPermittedSubclasses()).stream()
                        .map(Class::getSimpleName)
                        .toList());
    }

    @Test
    void refusesTheMalformedVectors() {
        for (Vectors vector : VECTORS.list("invalid")) {
            assertRefused(vector.text("name"), vector.reason(), () -> FrameCodec.decode(vector.hex("payload")));
        }
    }

    @Test
    void noTruncationPassesForTheWhole() {
        VECTORS.list("valid").stream()
                .filter(vector -> !vector.text("type").equals("Unknown"))
                .forEach(vector -> assertNoTruncationPasses(vector.hex("payload"), FrameCodec::decode));
    }

    @Test
    void refusesOversizeWhateverItsType() {
        for (int type = 0; type < 256; type++) {
            byte[] oversize = new byte[FrameCodec.MAX_BYTES + 1];
            oversize[0] = (byte) type;
            assertRefused("type " + type, Malformation.TOO_LONG, () -> FrameCodec.decode(oversize));
        }
    }

    @Test
    void everyUnknownTypeIsSkippedOrRefusedByItsHighBit() {
        for (int type = 10; type < 256; type++) {
            byte[] payload = {(byte) type, 1, 2, 3};
            if (type < 128) {
                assertThat(FrameCodec.decode(payload)).isEqualTo(new Frame.Unknown(type));
            } else {
                assertRefused("type " + type, Malformation.UNKNOWN_ENUM, () -> FrameCodec.decode(payload));
            }
        }
    }

    @Test
    void theLargestBodyFits() {
        byte[] body = new byte[Node.MAX_BODY_BYTES];
        Frame request = new Frame.Request(-1, "p".repeat(32), body);
        Frame response = new Frame.Response(-1, Frame.Status.OK, body);
        assertThat(FrameCodec.decode(FrameCodec.encode(request))).isEqualTo(request);
        assertThat(FrameCodec.decode(FrameCodec.encode(response))).isEqualTo(response);
        byte[] longer = new byte[Node.MAX_BODY_BYTES + 1];
        assertRefused("request", Malformation.BAD_FIELD, () -> new Frame.Request(1, "p", longer));
        assertRefused("response", Malformation.BAD_FIELD, () -> new Frame.Response(1, Frame.Status.OK, longer));
    }

    @Test
    void aBodyLongerThanAllowedIsRefusedWhenRead() {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(HexFormat.of().parseHex("06120170" + "1a81e003"));
        payload.writeBytes(new byte[Node.MAX_BODY_BYTES + 1]);
        assertRefused("body", Malformation.BAD_FIELD, () -> FrameCodec.decode(payload.toByteArray()));
    }

    @Test
    void repetitionBombsAreRefused() {
        for (String field : List.of("1200", "0801", "0d00000000", "1a00", "2200", "aa0100")) {
            String body = field.repeat(60_000 / (field.length() / 2));
            for (int type = 1; type <= 9; type++) {
                byte[] payload = HexFormat.of().parseHex("0" + type + body);
                assertThat(Refusals.decodes(FrameCodec::decode, payload)).isFalse();
            }
        }
    }

    @Test
    void nestingBombsAreRefused() {
        byte[] nested = {};
        for (int depth = 0; depth < 1000; depth++) {
            nested = lengthDelimited(2, nested);
        }
        byte[] payload = new byte[nested.length + 1];
        payload[0] = 2;
        System.arraycopy(nested, 0, payload, 1, nested.length);
        assertThat(Refusals.decodes(FrameCodec::decode, payload)).isFalse();
    }

    @Test
    void asManyRecordsAsFitAreTaken() {
        SignedPeerRecord record = longest();
        List<SignedPeerRecord> records = Collections.nCopies(200, record);

        List<SignedPeerRecord> fitting = FrameCodec.fitting(records);

        assertThat(fitting).hasSizeBetween(120, 127);
        Frame peers = new Frame.Peers(-1, fitting);
        assertThat(FrameCodec.decode(FrameCodec.encode(peers))).isEqualTo(peers);
        assertThat(FrameCodec.framed(peers)).isEqualTo(FrameReader.frame(FrameCodec.encode(peers)));
        assertThat(FrameCodec.fitting(records.subList(0, 3))).hasSize(3);
        assertThat(FrameCodec.fitting(List.of())).isEmpty();
    }

    @Test
    void whatWouldBeTooLongIsNotSent() {
        List<SignedPeerRecord> records = Collections.nCopies(128, longest());
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> FrameCodec.encode(new Frame.Peers(1, records)));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> FrameCodec.framed(new Frame.Peers(1, records)));
        assertThatExceptionOfType(InvalidInputException.class)
                .isThrownBy(() -> FrameCodec.encode(new Frame.Unknown(10)));
    }

    @Test
    void listsOfPeersAreWrittenAsTheirMessageIs() {
        List<SignedPeerRecord> known = new ArrayList<>(List.of(longest()));
        Vectors.file("record.json")
                .list("valid")
                .forEach(vector -> known.add(RecordCodec.decode(vector.hex("encoded"))));
        Random random = Seed.random("FrameCodecTest");
        assertWrittenAsMessage(new Frame.Peers(0, List.of()));
        for (int id : new int[] {0, 1, 127, 128, -1}) {
            assertWrittenAsMessage(new Frame.Peers(id, List.of()));
            assertWrittenAsMessage(new Frame.Peers(id, known));
        }
        for (int i = 0; i < 200; i++) {
            List<SignedPeerRecord> some = FrameCodec.fitting(random.ints(random.nextInt(150), 0, known.size())
                    .mapToObj(known::get)
                    .toList());
            assertWrittenAsMessage(new Frame.Peers(random.nextInt(), some));
        }
    }

    private static void assertWrittenAsMessage(Frame.Peers peers) {
        Peers.Builder message = Peers.newBuilder().setId(peers.id());
        peers.records().forEach(record -> message.addRecords(RecordCodec.toWire(record)));
        byte[] expected = message.build().toByteArray();
        byte[] payload = FrameCodec.encode(peers);
        assertThat(payload).startsWith(2).hasSize(1 + expected.length);
        assertThat(Arrays.copyOfRange(payload, 1, payload.length)).isEqualTo(expected);
        assertThat(FrameCodec.decode(payload)).isEqualTo(peers);
    }

    /** A record of the greatest length. */
    private static SignedPeerRecord longest() {
        Vectors vector = Vectors.file("record.json").list("valid").get(5);
        SignedPeerRecord record = RecordCodec.decode(vector.hex("encoded"));
        PeerRecord content = record.content();
        List<String> protocols = IntStream.range(0, 16)
                .mapToObj(i -> Integer.toHexString(i) + "p".repeat(i < 13 ? 9 : 3))
                .toList();
        SeedKey key = SeedKey.of(vector.hex("seed"));
        SignedPeerRecord longest = RecordCodec.sign(
                new PeerRecord(
                        content.endpoint(),
                        content.sequence(),
                        content.issued(),
                        content.lifetime(),
                        content.state(),
                        content.role(),
                        protocols,
                        content.proof(),
                        content.attributes()),
                NetworkId.of("my-network"),
                key);
        assertThat(RecordCodec.encode(longest)).hasSize(RecordCodec.MAX_BYTES);
        return longest;
    }

    private static byte[] lengthDelimited(int field, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(field << 3 | 2);
        int length = content.length;
        while (length > 127) {
            out.write((length & 127) | 128);
            length >>>= 7;
        }
        out.write(length);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static Frame frame(Vectors v) {
        return switch (v.text("type")) {
            case "GetPeers" ->
                new Frame.GetPeers(
                        v.integer("id"), v.integer("limit"), v.fields().containsKey("offlineToo"));
            case "Peers" ->
                new Frame.Peers(
                        v.integer("id"),
                        v.texts("records").stream()
                                .map(hex -> RecordCodec.decode(HexFormat.of().parseHex(hex)))
                                .toList());
            case "Announce" -> new Frame.Announce(RecordCodec.decode(v.hex("record")));
            case "Policy" -> new Frame.Policy(PolicyCodec.decode(v.hex("policy")));
            case "Ping" -> new Frame.Ping(v.u64("token"));
            case "Pong" -> new Frame.Pong(v.u64("token"));
            case "Request" -> new Frame.Request(v.u64("id"), v.text("protocol"), v.hex("body"));
            case "Response" -> new Frame.Response(v.u64("id"), Frame.Status.valueOf(v.text("status")), v.hex("body"));
            case "GoAway" -> new Frame.GoAway(Frame.Reason.valueOf(v.text("reason")));
            case "Unknown" -> new Frame.Unknown(v.integer("number"));
            default -> throw new IllegalStateException(v.text("type"));
        };
    }
}
