package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;

/**
 * What is kept of an entry from one run of a node to the next.
 *
 * @param record not checked anew by reading it: its reader does that
 * @param source a label only the book that wrote it understands
 * @param tried whether it was among those to connect with
 * @param offline whether the last dial failed
 * @param failures dials that failed in a row, at most 255
 * @param verifiedAt in whole seconds, null if we never reached the peer
 * @param place one of those it had, or {@link #ANYWHERE}; it gets another if that is not free
 */
public record StoredEntry(
        SignedPeerRecord record,
        long source,
        boolean tried,
        boolean offline,
        int failures,
        @Nullable Instant verifiedAt,
        int place) {
    /** No place of its own. */
    public static final int ANYWHERE = -1;
    /** Most bytes one takes. */
    public static final int MAX_BYTES = 1 + StoredEntry.HEAD + RecordCodec.MAX_BYTES + Integer.BYTES;

    private static final int VERSION = 2;
    private static final int HEAD = 2 + 2 * Integer.BYTES + Long.BYTES;
    private static final int TRIED = 1;
    private static final int OFFLINE = 2;

    /** As the other one, of a peer that comes from elsewhere. */
    public StoredEntry(
            SignedPeerRecord record,
            long source,
            boolean tried,
            boolean offline,
            int failures,
            @Nullable Instant verifiedAt) {
        this(record, source, tried, offline, failures, verifiedAt, ANYWHERE);
    }

    public byte[] encode() {
        byte[] signed = RecordCodec.encode(record);
        ByteBuffer body = ByteBuffer.allocate(HEAD + signed.length);
        body.put((byte) ((tried ? TRIED : 0) | (offline ? OFFLINE : 0)));
        body.put((byte) Math.min(failures, 255));
        body.putInt(verifiedAt == null ? 0 : (int) verifiedAt.getEpochSecond());
        body.putLong(source).putInt(place).put(signed);
        return Checked.seal(VERSION, body.array());
    }

    /**
     * @throws InvalidInputException if the bytes are not what {@link #encode} gave
     */
    public static StoredEntry decode(byte[] bytes) {
        ByteBuffer body = Checked.open(VERSION, HEAD, bytes, "a stored peer");
        int flags = body.get();
        int failures = Byte.toUnsignedInt(body.get());
        long verifiedAt = Integer.toUnsignedLong(body.getInt());
        long source = body.getLong();
        int place = body.getInt();
        byte[] signed = new byte[body.remaining()];
        body.get(signed);
        return new StoredEntry(
                RecordCodec.decode(signed),
                source,
                (flags & TRIED) != 0,
                (flags & OFFLINE) != 0,
                failures,
                verifiedAt == 0 ? null : Instant.ofEpochSecond(verifiedAt),
                place);
    }
}
