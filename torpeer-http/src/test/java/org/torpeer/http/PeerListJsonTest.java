package org.torpeer.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Malformation;
import org.torpeer.proto.MalformedException;
import org.torpeer.proto.PeerListCodec;
import org.torpeer.proto.RecordCodec;
import org.torpeer.testkit.TestSeed;

class PeerListJsonTest {
    private static final String TINY = "{\"payload\":\"AA==\",\"signature\":\"AA==\"}";

    private final Random random = TestSeed.random("PeerListJsonTest");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 128})
    void whatWasEncodedIsDecoded(int count) {
        List<SignedPeerRecord> records = Records.of(count, random);

        List<SignedPeerRecord> decoded = PeerListJson.decode(PeerListJson.encode(records));

        assertThat(decoded).isEqualTo(records);
        assertThat(decoded).allMatch(record -> RecordCodec.signatureValid(record, Records.NETWORK));
    }

    @Test
    void theFormIsThatOfProto3Json() {
        SignedPeerRecord record = Records.one(random);
        Base64.Encoder base64 = Base64.getEncoder();

        assertThat(new String(PeerListJson.encode(List.of(record)), StandardCharsets.US_ASCII))
                .isEqualTo("{\"records\":[{\"payload\":\"" + base64.encodeToString(record.payload())
                        + "\",\"signature\":\"" + base64.encodeToString(record.signature()) + "\"}]}");
    }

    @Test
    void orderSpaceAndEscapesDoNotMatter() {
        SignedPeerRecord record = Records.one(random);
        Base64.Encoder base64 = Base64.getEncoder();
        String json = " {\n \"rec\\u006frds\" : [ { \"signature\" : \"" + base64.encodeToString(record.signature())
                + "\",\t\"payload\" : \"" + base64.encodeToString(record.payload()) + "\" } ] } \n";

        assertThat(decode(json)).containsExactly(record);
        assertThat(decode("{}")).isEmpty();
    }

    @Test
    void tooManyRecordsAreNeitherEncodedNorDecoded() {
        List<SignedPeerRecord> records = Records.of(129, random);
        String most = new String(PeerListJson.encode(records.subList(0, 128)), StandardCharsets.US_ASCII);

        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> PeerListJson.encode(records));
        assertThat(refused(most.replace("]}", "," + TINY + "]}")).reason()).isEqualTo(Malformation.TOO_LONG);
    }

    @Test
    void lengthIsCheckedBeforeAnythingElse() {
        byte[] spaces = ("{}" + " ".repeat(PeerListCodec.MAX_BYTES - 2)).getBytes(StandardCharsets.UTF_8);

        assertThat(PeerListJson.decode(spaces)).isEmpty();
        assertThatExceptionOfType(MalformedException.class)
                .isThrownBy(() -> PeerListJson.decode(new byte[PeerListCodec.MAX_BYTES + 1]))
                .withMessageContaining("at most 262144");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "1",
                "\"records\"",
                "[]",
                "{",
                "{}}",
                "{}{}",
                "{} x",
                "{}//",
                "{\"records\":null}",
                "{\"records\":{}}",
                "{\"records\":\"\"}",
                "{\"records\":1e20000000}",
                "{\"records\":[1e20000000]}",
                "{\"records\":[1]}",
                "{\"records\":[null]}",
                "{\"records\":[[]]}",
                "{\"records\":[],}",
                "{\"records\":[,]}",
                "{\"records\":[]",
                "{\"records\":[],\"records\":[]}",
                "{\"records\":[],\"more\":[]}",
                "{\"\":[]}",
                "{\"records\\u0000\":[]}",
                "{\"records\":[{}]}",
                "{\"records\":[{\"payload\":\"AA==\"}]}",
                "{\"records\":[{\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":\"\",\"signature\":\"\"}]}",
                "{\"records\":[{\"payload\":\"AA==\",\"payload\":\"AA==\",\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":\"AA==\",\"signature\":\"AA==\",\"sequence\":1}]}",
                "{\"records\":[{\"payload\":1,\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":0e1,\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":null,\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":true,\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":[],\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":{},\"signature\":\"AA==\"}]}",
                "{\"records\":[{\"payload\":NaN,\"signature\":\"AA==\"}]}",
                "{'records':[]}",
                "{records:[]}",
                "\uFEFF{}",
                "{\"records\":[{\"payload\":\"AA==\",\"signature\":\"AA==\"}]}"
            })
    void whatIsNotAListIsRefusedInOneLine(String json) {
        refused(json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AA", "AA=", "AB==", "-_==", "A A=", "AA==\\n", "AA===", "=", "\\u00e9"})
    void otherFormsOfBase64AreRefused(String base64) {
        assertThat(refused("{\"records\":[{\"payload\":\"" + base64 + "\",\"signature\":\"AA==\"}]}")
                        .reason())
                .isEqualTo(Malformation.BAD_FIELD);
    }

    @Test
    void bombsCostNoTime() {
        String digits = "9".repeat(250_000);
        List<String> bombs = List.of(
                "[".repeat(PeerListCodec.MAX_BYTES),
                "{\"records\":".repeat(20_000),
                "{\"records\":" + "[".repeat(200_000),
                "{\"records\":" + digits + "}",
                "{\"records\":1e" + digits + "}",
                "{\"records\":[{\"payload\":0." + digits + "}]}",
                "{\"records\":[{\"payload\":\"" + "A".repeat(250_000) + "\"}]}",
                "{\"" + "a".repeat(250_000) + "\":1}",
                "{\"records\":[" + "{},".repeat(80_000) + "{}]}",
                "{\"records\":[" + (TINY + ",").repeat(6_000) + TINY + "]}",
                "{\"records\":[{\"payload\":\"" + "\\u0041".repeat(40_000) + "\"}]}");

        Assertions.assertTimeout(Duration.ofSeconds(2), () -> bombs.forEach(PeerListJsonTest::refused));
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(catchThrowable(() -> PeerListJson.decode(utf16))).isInstanceOf(MalformedException.class);
        assertThat(catchThrowable(() -> PeerListJson.decode(new byte[] {'{', (byte) 0xc0, (byte) 0x80, '}'})))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void damageIsRefusedOrChangesWhatIsRead() {
        List<SignedPeerRecord> records = Records.of(3, random);
        byte[] good = PeerListJson.encode(records);
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bad = damaged(good);
            try {
                List<SignedPeerRecord> read = PeerListJson.decode(bad);
                assertThat(PeerListJson.encode(read).length).isLessThanOrEqualTo(PeerListCodec.MAX_BYTES);
            } catch (MalformedException e) {
                assertThat(e.getMessage()).doesNotContain("\n");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(2_500);
    }

    private byte[] damaged(byte[] good) {
        byte[] bad = Arrays.copyOf(good, random.nextInt(4) == 0 ? random.nextInt(good.length) : good.length);
        for (int flips = random.nextInt(4); flips >= 0 && bad.length > 0; flips--) {
            int at = random.nextInt(bad.length);
            bad[at] = random.nextBoolean()
                    ? (byte) "{}[]\",:\\0e1nt ".charAt(random.nextInt(14))
                    : (byte) random.nextInt(256);
        }
        return bad;
    }

    private static MalformedException refused(String json) {
        MalformedException refusal = catchThrowableOfType(MalformedException.class, () -> decode(json));
        assertThat(refusal).as("of %.80s", json).isNotNull();
        assertThat(refusal.getMessage()).isNotBlank().doesNotContain("\n");
        return refusal;
    }

    private static List<SignedPeerRecord> decode(String json) {
        return PeerListJson.decode(json.getBytes(StandardCharsets.UTF_8));
    }
}
