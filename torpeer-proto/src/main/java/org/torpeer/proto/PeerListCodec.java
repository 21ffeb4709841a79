package org.torpeer.proto;

import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.internal.wire.PeerList;

/** Lists of records as they are served over HTTP. Stateless. */
public final class PeerListCodec {
    /** Most records of a list. */
    public static final int MAX_RECORDS = 128;
    /** Longest encoded list. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final Wire.Shape SHAPE =
            Wire.Shape.of(MAX_BYTES, 1).repeating(PeerList.RECORDS_FIELD_NUMBER, MAX_RECORDS);

    private PeerListCodec() {}

    /**
     * @throws InvalidInputException if there are more than {@link #MAX_RECORDS}
     */
    public static byte[] encode(List<SignedPeerRecord> records) {
        Fields.range("the number of records in a list", records.size(), 0, MAX_RECORDS);
        PeerList.Builder list = PeerList.newBuilder();
        records.forEach(record -> list.addRecords(RecordCodec.toWire(record)));
        return list.build().toByteArray();
    }

    /**
     * Decodes a list; each record is checked as {@link RecordCodec#decode} does.
     *
     * @throws MalformedException if the list, or a single record of it, is malformed
     */
    public static List<SignedPeerRecord> decode(byte[] encoded) {
        return Wire.parse(PeerList.parser(), encoded, SHAPE).getRecordsList().stream()
                .map(RecordCodec::fromWire)
                .toList();
    }
}
