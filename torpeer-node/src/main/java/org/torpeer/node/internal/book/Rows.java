package org.torpeer.node.internal.book;

import static org.torpeer.node.internal.book.BookShape.BUCKETS_PER_PEER;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;

/**
 * The entries, a row each, densely: one array for each thing known of them. A record is kept as the bytes that were
 * signed, but for the key in them, which has an array of its own. Rows move only when {@link #swap}ped.
 */
final class Rows {
    private static final int KEY_LONGS = PeerId.BYTES / Long.BYTES;
    private static final byte[] NONE = {};
    private static final long MAX_SECONDS = 0xFFFF_FFFFL;

    private int size;
    private long[] keys = {};
    private byte[][] records = {};
    private long[] sequences = {};
    private long[] sources = {};
    private int[] places = {};
    private byte[] placements = {};
    private PeerStatus[] statuses = {};
    private byte[] failures = {};
    private boolean[] dialing = {};
    private int[] verified = {};
    private int[] expires = {};
    private int[] notBefore = {};

    int size() {
        return size;
    }

    /** Adds a row for a peer of which nothing is known but its record. */
    int append(ByteBuffer key, SignedPeerRecord record, long source, int notBeforeTick) {
        if (size == sequences.length) {
            grow(size + size / 8 + 16);
        }
        int row = size++;
        key.asLongBuffer().get(keys, row * KEY_LONGS, KEY_LONGS);
        setRecord(row, record);
        sources[row] = source;
        placements[row] = 0;
        failures[row] = 0;
        dialing[row] = false;
        verified[row] = 0;
        notBefore[row] = notBeforeTick;
        setStatus(row, PeerStatus.UNKNOWN);
        return row;
    }

    void removeLast() {
        size--;
        records[size] = NONE;
        if (sequences.length > 64 && size < sequences.length / 2) {
            grow(size + size / 8 + 16);
        }
    }

    void swap(int a, int b) {
        for (int i = 0; i < KEY_LONGS; i++) {
            long key = keys[a * KEY_LONGS + i];
            keys[a * KEY_LONGS + i] = keys[b * KEY_LONGS + i];
            keys[b * KEY_LONGS + i] = key;
        }
        for (int i = 0; i < BUCKETS_PER_PEER; i++) {
            swap(places, a * BUCKETS_PER_PEER + i, b * BUCKETS_PER_PEER + i);
        }
        byte[] record = records[a];
        records[a] = records[b];
        records[b] = record;
        swap(sequences, a, b);
        swap(sources, a, b);
        swap(placements, a, b);
        PeerStatus status = statuses[a];
        statuses[a] = statuses[b];
        statuses[b] = status;
        swap(failures, a, b);
        boolean underWay = dialing[a];
        dialing[a] = dialing[b];
        dialing[b] = underWay;
        swap(verified, a, b);
        swap(expires, a, b);
        swap(notBefore, a, b);
    }

    boolean hasKey(int row, long k0, long k1, long k2, long k3) {
        int at = row * KEY_LONGS;
        return keys[at] == k0 && keys[at + 1] == k1 && keys[at + 2] == k2 && keys[at + 3] == k3;
    }

    long hashKey(int row, SipHash hash) {
        int at = row * KEY_LONGS;
        return hash.hash(keys[at], keys[at + 1], keys[at + 2], keys[at + 3]);
    }

    PeerId peer(int row) {
        return PeerId.of(keyBytes(row));
    }

    SignedPeerRecord record(int row) {
        byte[] rest = records[row];
        byte[] encoded = new byte[rest.length + PeerId.BYTES];
        int at = keyOffset(rest);
        System.arraycopy(rest, 0, encoded, 0, at);
        System.arraycopy(keyBytes(row), 0, encoded, at, PeerId.BYTES);
        System.arraycopy(rest, at, encoded, at + PeerId.BYTES, rest.length - at);
        return RecordCodec.decode(encoded);
    }

    void setRecord(int row, SignedPeerRecord record) {
        byte[] encoded = RecordCodec.encode(record);
        int at = keyOffset(encoded);
        byte[] rest = new byte[encoded.length - PeerId.BYTES];
        System.arraycopy(encoded, 0, rest, 0, at);
        System.arraycopy(encoded, at + PeerId.BYTES, rest, at, rest.length - at);
        records[row] = rest;
        sequences[row] = record.content().sequence();
        expires[row] = seconds(record.content().expires().getEpochSecond());
    }

    /** Where the key is: after the payload's tag and length, the version, and the key's own tag and length. */
    private static int keyOffset(byte[] encoded) {
        int lengthBytes = encoded[1] < 0 ? 2 : 1;
        return 1 + lengthBytes + 4;
    }

    /** Unsigned. */
    long sequence(int row) {
        return sequences[row];
    }

    long source(int row) {
        return sources[row];
    }

    void setSource(int row, long source) {
        sources[row] = source;
    }

    PeerStatus status(int row) {
        return statuses[row];
    }

    void setStatus(int row, PeerStatus status) {
        statuses[row] = status;
    }

    /** Whether the peer's record says that it is there. */
    boolean active(int row) {
        return statuses[row] != PeerStatus.LEFT && statuses[row] != PeerStatus.REVOKED;
    }

    int failures(int row) {
        return Byte.toUnsignedInt(failures[row]);
    }

    void setFailures(int row, int count) {
        failures[row] = (byte) Math.min(count, 255);
    }

    boolean dialing(int row) {
        return dialing[row];
    }

    void setDialing(int row, boolean underWay) {
        dialing[row] = underWay;
    }

    /** In seconds since 1970; 0 if never. */
    long verified(int row) {
        return Integer.toUnsignedLong(verified[row]);
    }

    void setVerified(int row, long epochSeconds) {
        verified[row] = seconds(epochSeconds);
    }

    /** In seconds since 1970. */
    long expires(int row) {
        return Integer.toUnsignedLong(expires[row]);
    }

    int notBefore(int row) {
        return notBefore[row];
    }

    void setNotBefore(int row, int tick) {
        notBefore[row] = tick;
    }

    int placements(int row) {
        return placements[row];
    }

    int place(int placement) {
        return places[placement];
    }

    /** The new placement. */
    int addPlace(int row, int place) {
        int placement = row * BUCKETS_PER_PEER + placements[row]++;
        places[placement] = place;
        return placement;
    }

    void dropLastPlace(int row) {
        placements[row]--;
    }

    void setPlace(int placement, int place) {
        places[placement] = place;
    }

    private byte[] keyBytes(int row) {
        ByteBuffer key = ByteBuffer.allocate(PeerId.BYTES);
        key.asLongBuffer().put(keys, row * KEY_LONGS, KEY_LONGS);
        return key.array();
    }

    private void grow(int capacity) {
        keys = Arrays.copyOf(keys, capacity * KEY_LONGS);
        records = Arrays.copyOf(records, capacity);
        sequences = Arrays.copyOf(sequences, capacity);
        sources = Arrays.copyOf(sources, capacity);
        places = Arrays.copyOf(places, capacity * BUCKETS_PER_PEER);
        placements = Arrays.copyOf(placements, capacity);
        statuses = Arrays.copyOf(statuses, capacity);
        failures = Arrays.copyOf(failures, capacity);
        dialing = Arrays.copyOf(dialing, capacity);
        verified = Arrays.copyOf(verified, capacity);
        expires = Arrays.copyOf(expires, capacity);
        notBefore = Arrays.copyOf(notBefore, capacity);
    }

    private static int seconds(long epochSeconds) {
        return (int) Math.min(Math.max(epochSeconds, 0), MAX_SECONDS);
    }

    private static void swap(long[] of, int a, int b) {
        long kept = of[a];
        of[a] = of[b];
        of[b] = kept;
    }

    private static void swap(int[] of, int a, int b) {
        int kept = of[a];
        of[a] = of[b];
        of[b] = kept;
    }

    private static void swap(byte[] of, int a, int b) {
        byte kept = of[a];
        of[a] = of[b];
        of[b] = kept;
    }
}
