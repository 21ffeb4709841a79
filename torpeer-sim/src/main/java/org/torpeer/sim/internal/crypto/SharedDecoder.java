package org.torpeer.sim.internal.crypto;

import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Decoder;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/** Decodes what many nodes are sent once, so that they share one object of each record. */
final class SharedDecoder implements Decoder {
    private static final byte[] NOTHING = {};
    /** Longer frames hold several records, and seldom come twice. */
    private static final int MOST_BYTES = 600;

    private final Known<SignedPeerRecord> records;
    private final Known<Frame> announcements;

    /**
     * @param capacity how many records are shared at most; beyond that it begins anew
     */
    SharedDecoder(int capacity) {
        this.records = new Known<>(capacity);
        this.announcements = new Known<>(capacity);
    }

    @Override
    public SignedPeerRecord record(byte[] payload, byte[] signature) {
        SignedPeerRecord known = records.get(payload, signature);
        if (known != null) {
            return known;
        }
        SignedPeerRecord made = Decoder.STANDARD.record(payload, signature);
        records.put(payload, signature, made);
        return made;
    }

    @Override
    public Frame frame(byte[] payload) {
        if (payload.length > MOST_BYTES) {
            return FrameCodec.decode(payload, this);
        }
        Frame known = announcements.get(NOTHING, payload);
        if (known != null) {
            return known;
        }
        Frame made = FrameCodec.decode(payload, this);
        if (made instanceof Frame.Announce) {
            announcements.put(NOTHING, payload, made);
        }
        return made;
    }
}
