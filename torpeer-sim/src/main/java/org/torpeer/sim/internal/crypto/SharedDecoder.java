package org.torpeer.sim.internal.crypto;

import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Decoder;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/**
 * Decodes what many nodes are sent once, so that they share one object of each record. What is known is found by 128 bits
 * of hash over its bytes.
 */
final class SharedDecoder implements Decoder {
    /** Longer frames hold several records, and seldom come twice. */
    private static final int MOST_BYTES = 600;

    private final KeyedHash first;
    private final KeyedHash second;
    private final Known<SignedPeerRecord> records;
    private final Known<Frame> announcements;

    /**
     * @param capacity how many records are shared at most; beyond that it begins anew
     */
    SharedDecoder(long secret, int capacity) {
        this.first = new KeyedHash(secret);
        this.second = new KeyedHash(~secret);
        this.records = new Known<>(capacity);
        this.announcements = new Known<>(capacity);
    }

    @Override
    public SignedPeerRecord record(byte[] payload, byte[] signature) {
        long one = first.of(payload, signature);
        long other = second.of(payload, signature);
        SignedPeerRecord known = records.get(one, other);
        if (known != null) {
            return known;
        }
        SignedPeerRecord made = Decoder.STANDARD.record(payload, signature);
        records.put(one, other, made);
        return made;
    }

    @Override
    public Frame frame(byte[] payload) {
        if (payload.length > MOST_BYTES) {
            return FrameCodec.decode(payload, this);
        }
        long one = first.of(payload);
        long other = second.of(payload);
        Frame known = announcements.get(one, other);
        if (known != null) {
            return known;
        }
        Frame made = FrameCodec.decode(payload, this);
        if (made instanceof Frame.Announce) {
            announcements.put(one, other, made);
        }
        return made;
    }
}
