package org.torpeer.proto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.torpeer.proto.Refusals.assertRefused;

import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;

final class PeerListCodecTest {
    private static final List<SignedPeerRecord> RECORDS = Vectors.file("record.json").list("valid").stream()
            .map(vector -> RecordCodec.decode(vector.hex("encoded")))
            .toList();

    @Test
    void listsComeBack() {
        assertThat(PeerListCodec.decode(PeerListCodec.encode(RECORDS))).isEqualTo(RECORDS);
        assertThat(PeerListCodec.decode(PeerListCodec.encode(List.of()))).isEmpty();
        List<SignedPeerRecord> most = Collections.nCopies(PeerListCodec.MAX_RECORDS, RECORDS.get(5));
        assertThat(PeerListCodec.decode(PeerListCodec.encode(most))).isEqualTo(most);
    }

    @Test
    void longerListsAreRefused() {
        List<SignedPeerRecord> more = Collections.nCopies(PeerListCodec.MAX_RECORDS + 1, RECORDS.get(0));
        assertThatExceptionOfType(InvalidInputException.class).isThrownBy(() -> PeerListCodec.encode(more));
        byte[] empties = HexFormat.of().parseHex("0a00".repeat(PeerListCodec.MAX_RECORDS + 1));
        assertRefused("129 records", Malformation.TOO_LONG, () -> PeerListCodec.decode(empties));
        byte[] oversize = new byte[PeerListCodec.MAX_BYTES + 1];
        assertRefused("oversize", Malformation.TOO_LONG, () -> PeerListCodec.decode(oversize));
    }

    @Test
    void oneBadRecordSpoilsTheList() {
        for (Vectors vector : Vectors.file("record.json").list("invalid")) {
            byte[] bad = vector.hex("encoded");
            byte[] list = HexFormat.of()
                    .parseHex("0a" + varint(bad.length) + HexFormat.of().formatHex(bad));
            assertThat(Refusals.decodes(PeerListCodec::decode, list))
                    .as(vector.text("name"))
                    .isFalse();
        }
    }

    private static String varint(int n) {
        return n < 128
                ? HexFormat.of().toHexDigits((byte) n)
                : HexFormat.of().toHexDigits((byte) ((n & 127) | 128)) + varint(n >>> 7);
    }
}
