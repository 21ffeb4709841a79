package org.torpeer.sim.internal.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.Codec;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/**
 * Decodes what many nodes are sent once, so that they share one object of each record, and not at all what one of them has
 * encoded a moment ago: lists of peers, each of which is sent to one.
 */
final class SharedCodec implements Codec {
    private static final byte[] NOTHING = {};
    /** The length of what follows. */
    private static final int HEAD_BYTES = Integer.BYTES;
    /** Longer frames hold several records, and seldom come twice. */
    private static final int MOST_BYTES = 600;
    /** So far before its end a list is looked at to tell it from others that end alike: no farther than it is long. */
    private static final int BACK_BYTES = MOST_BYTES;
    /**
     * So many lists may be on the way; a power of two. Each is kept until it is received, or if it never is until another
     * takes its place: in a broken world as many of at most 64 KiB.
     */
    private static final int ON_THE_WAY = 4096;

    private final Known<SignedPeerRecord> records;
    private final Known<Frame> announcements;
    /**
     * Each list at the one place where it can be; a later one takes the place of an earlier. Threads may race for a place:
     * whoever finds another's list there, or none, decodes.
     */
    private final @Nullable Sent[] sent = new @Nullable Sent[ON_THE_WAY];

    private record Sent(byte[] framed, Frame frame) {
        boolean is(byte[] payload) {
            return Arrays.equals(framed, HEAD_BYTES, framed.length, payload, 0, payload.length);
        }
    }

    /**
     * @param capacity how many records are shared at most; beyond that some are forgotten
     */
    SharedCodec(int capacity) {
        this.records = new Known<>(capacity);
        this.announcements = new Known<>(capacity);
    }

    @Override
    public SignedPeerRecord record(byte[] payload, byte[] signature) {
        SignedPeerRecord known = records.get(payload, signature);
        if (known != null) {
            return known;
        }
        SignedPeerRecord made = Codec.STANDARD.record(payload, signature);
        records.put(payload, signature, made);
        return made;
    }

    @Override
    public Frame frame(byte[] payload) {
        if (payload.length > MOST_BYTES) {
            return list(payload);
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

    @Override
    public byte[] framed(Frame frame) {
        byte[] framed = FrameCodec.framed(frame);
        if (framed.length - HEAD_BYTES > MOST_BYTES) {
            sent[place(framed)] = new Sent(framed, frame);
        }
        return framed;
    }

    private Frame list(byte[] payload) {
        int place = place(payload);
        Sent last = sent[place];
        if (last == null || !last.is(payload)) {
            return FrameCodec.decode(payload, this);
        }
        sent[place] = null;
        return last.frame();
    }

    /**
     * Told from the signature that a list ends in and from what is some records before it, for many end in the same record;
     * the same whether the length precedes the list or not.
     */
    private static int place(byte[] list) {
        long last = (long) KeyedHash.LONGS.get(list, list.length - Long.BYTES);
        long before = (long) KeyedHash.LONGS.get(list, list.length - BACK_BYTES);
        return (int) (KeyedHash.mix(KeyedHash.mix(last) ^ before) >>> Integer.SIZE) & (ON_THE_WAY - 1);
    }
}
