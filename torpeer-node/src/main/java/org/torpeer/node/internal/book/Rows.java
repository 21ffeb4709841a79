package org.torpeer.node.internal.book;

import static org.torpeer.node.internal.book.BookShape.BUCKETS_PER_PEER;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;

/**
 * The entries, a row each, densely and without objects: what is known of a peer is eight cells of one array, so that the
 * key and how the peer is come with one look at memory, in a large book a cache miss. A record is kept as the bytes that
 * were signed, but for the key in them, which is in the cells. Rows move only when {@link #swap}ped.
 */
final class Rows {
    private static final int KEY_LONGS = PeerId.BYTES / Long.BYTES;
    /**
     * Status (3 bits), dialing (1), placements (from bit 4), whether it is talked of (bit 7), failures (from bit 8),
     * whether it is a router (bit 16), not before (the upper half).
     */
    private static final int STANDING = KEY_LONGS;
    /** Expiry, and in the upper half when it was verified. */
    private static final int TIMES = STANDING + 1;

    private static final int SEQUENCE = TIMES + 1;
    private static final int SOURCE = SEQUENCE + 1;
    private static final int CELLS = SOURCE + 1;

    private static final List<PeerStatus> STATUSES = List.of(
            PeerStatus.UNKNOWN,
            PeerStatus.ONLINE,
            PeerStatus.OFFLINE,
            PeerStatus.LEFT,
            PeerStatus.REVOKED,
            PeerStatus.REPLACED);
    private static final int FIRST_GONE = STATUSES.indexOf(PeerStatus.LEFT);
    private static final long STATUS_MASK = 7;
    private static final long DIALING = 1 << 3;
    private static final int PLACEMENTS_SHIFT = 4;
    private static final long PLACEMENTS_MASK = 7;
    private static final long TALKED_OF = 1 << 7;
    private static final int FAILURES_SHIFT = 8;
    private static final int MOST_FAILURES = 255;
    private static final long ROUTER = 1 << 16;
    private static final long LOW_HALF = 0xFFFF_FFFFL;
    private static final byte[] NONE = {};

    private final boolean shares;
    private int size;
    private long[] cells = {};
    private int[] places = {};
    /** Records, or their bytes. */
    private Object[] records = {};

    /**
     * @param shares whether records are kept as objects
     */
    Rows(boolean shares) {
        this.shares = shares;
    }

    int size() {
        return size;
    }

    /** Adds a row for a peer of which nothing is known but its record. */
    int append(SignedPeerRecord record, long source, int notBeforeTick) {
        if (size == records.length) {
            resize(size + size / 8 + 16);
        }
        int row = size++;
        PeerId peer = record.peer();
        for (int word = 0; word < KEY_LONGS; word++) {
            cells[row * CELLS + word] = peer.word(word);
        }
        cells[row * CELLS + STANDING] = STATUSES.indexOf(PeerStatus.UNKNOWN);
        cells[row * CELLS + TIMES] = 0;
        setNotBefore(row, notBeforeTick);
        setSource(row, source);
        setRecord(row, record);
        return row;
    }

    void removeLast() {
        size--;
        records[size] = NONE;
        if (records.length > 64 && size < records.length / 2) {
            resize(size + size / 8 + 16);
        }
    }

    void swap(int a, int b) {
        for (int i = 0; i < CELLS; i++) {
            long cell = cells[a * CELLS + i];
            cells[a * CELLS + i] = cells[b * CELLS + i];
            cells[b * CELLS + i] = cell;
        }
        for (int i = 0; i < BUCKETS_PER_PEER; i++) {
            int place = places[a * BUCKETS_PER_PEER + i];
            places[a * BUCKETS_PER_PEER + i] = places[b * BUCKETS_PER_PEER + i];
            places[b * BUCKETS_PER_PEER + i] = place;
        }
        Object record = records[a];
        records[a] = records[b];
        records[b] = record;
    }

    boolean hasKey(int row, long k0, long k1, long k2, long k3) {
        int at = row * CELLS;
        return cells[at] == k0 && cells[at + 1] == k1 && cells[at + 2] == k2 && cells[at + 3] == k3;
    }

    /** One of the four words of the key. */
    long key(int row, int word) {
        return cells[row * CELLS + word];
    }

    long hashKey(int row, SipHash hash) {
        int at = row * CELLS;
        return hash.hash(cells[at], cells[at + 1], cells[at + 2], cells[at + 3]);
    }

    PeerId peer(int row) {
        return records[row] instanceof SignedPeerRecord whole ? whole.peer() : PeerId.of(keyBytes(row));
    }

    SignedPeerRecord record(int row) {
        return records[row] instanceof SignedPeerRecord whole ? whole : decoded(row, (byte[]) records[row]);
    }

    private SignedPeerRecord decoded(int row, byte[] rest) {
        byte[] encoded = new byte[rest.length + PeerId.BYTES];
        int at = keyOffset(rest);
        System.arraycopy(rest, 0, encoded, 0, at);
        System.arraycopy(keyBytes(row), 0, encoded, at, PeerId.BYTES);
        System.arraycopy(rest, at, encoded, at + PeerId.BYTES, rest.length - at);
        return RecordCodec.decode(encoded);
    }

    private static byte[] dense(SignedPeerRecord record) {
        byte[] encoded = RecordCodec.encode(record);
        int at = keyOffset(encoded);
        byte[] rest = new byte[encoded.length - PeerId.BYTES];
        System.arraycopy(encoded, 0, rest, 0, at);
        System.arraycopy(encoded, at + PeerId.BYTES, rest, at, rest.length - at);
        return rest;
    }

    void setRecord(int row, SignedPeerRecord record) {
        records[row] = shares ? record : dense(record);
        cells[row * CELLS + SEQUENCE] = record.content().sequence();
        setStanding(row, ROUTER, record.content().role() == Role.ROUTER ? ROUTER : 0);
        long expires = seconds(record.content().expires().getEpochSecond());
        cells[row * CELLS + TIMES] = (cells[row * CELLS + TIMES] & ~LOW_HALF) | expires;
    }

    /** Where the key is: after the payload's tag and length, the version, and the key's own tag and length. */
    private static int keyOffset(byte[] encoded) {
        int lengthBytes = encoded[1] < 0 ? 2 : 1;
        return 1 + lengthBytes + 4;
    }

    /** Unsigned. */
    long sequence(int row) {
        return cells[row * CELLS + SEQUENCE];
    }

    long source(int row) {
        return cells[row * CELLS + SOURCE];
    }

    void setSource(int row, long source) {
        cells[row * CELLS + SOURCE] = source;
    }

    PeerStatus status(int row) {
        return STATUSES.get((int) (standing(row) & STATUS_MASK));
    }

    void setStatus(int row, PeerStatus status) {
        setStanding(row, STATUS_MASK, STATUSES.indexOf(status));
    }

    /** Whether the peer's record says that it is there. */
    boolean active(int row) {
        return (standing(row) & STATUS_MASK) < FIRST_GONE;
    }

    int failures(int row) {
        return (int) (standing(row) >>> FAILURES_SHIFT) & MOST_FAILURES;
    }

    void setFailures(int row, int count) {
        setStanding(
                row, (long) MOST_FAILURES << FAILURES_SHIFT, (long) Math.min(count, MOST_FAILURES) << FAILURES_SHIFT);
    }

    boolean dialing(int row) {
        return (standing(row) & DIALING) != 0;
    }

    void setDialing(int row, boolean underWay) {
        setStanding(row, DIALING, underWay ? DIALING : 0);
    }

    boolean router(int row) {
        return (standing(row) & ROUTER) != 0;
    }

    boolean talkedOf(int row) {
        return (standing(row) & TALKED_OF) != 0;
    }

    void setTalkedOf(int row) {
        setStanding(row, TALKED_OF, TALKED_OF);
    }

    int notBefore(int row) {
        return (int) (standing(row) >> Integer.SIZE);
    }

    void setNotBefore(int row, int tick) {
        setStanding(row, ~LOW_HALF, (long) tick << Integer.SIZE);
    }

    int placements(int row) {
        return (int) ((standing(row) >>> PLACEMENTS_SHIFT) & PLACEMENTS_MASK);
    }

    int place(int placement) {
        return places[placement];
    }

    /** The new placement. */
    int addPlace(int row, int place) {
        int before = placements(row);
        int placement = row * BUCKETS_PER_PEER + before;
        places[placement] = place;
        setPlacements(row, before + 1);
        return placement;
    }

    void dropLastPlace(int row) {
        setPlacements(row, placements(row) - 1);
    }

    void setPlace(int placement, int place) {
        places[placement] = place;
    }

    /** In seconds since 1970; 0 if never. */
    long verified(int row) {
        return cells[row * CELLS + TIMES] >>> Integer.SIZE;
    }

    void setVerified(int row, long epochSeconds) {
        cells[row * CELLS + TIMES] = expires(row) | (seconds(epochSeconds) << Integer.SIZE);
    }

    /** In seconds since 1970. */
    long expires(int row) {
        return cells[row * CELLS + TIMES] & LOW_HALF;
    }

    private long standing(int row) {
        return cells[row * CELLS + STANDING];
    }

    private void setStanding(int row, long mask, long bits) {
        cells[row * CELLS + STANDING] = (standing(row) & ~mask) | bits;
    }

    private void setPlacements(int row, int count) {
        setStanding(row, PLACEMENTS_MASK << PLACEMENTS_SHIFT, (long) count << PLACEMENTS_SHIFT);
    }

    private byte[] keyBytes(int row) {
        ByteBuffer key = ByteBuffer.allocate(PeerId.BYTES);
        key.asLongBuffer().put(cells, row * CELLS, KEY_LONGS);
        return key.array();
    }

    private void resize(int capacity) {
        cells = Arrays.copyOf(cells, capacity * CELLS);
        places = Arrays.copyOf(places, capacity * BUCKETS_PER_PEER);
        records = Arrays.copyOf(records, capacity);
    }

    private static long seconds(long epochSeconds) {
        return Math.min(Math.max(epochSeconds, 0), LOW_HALF);
    }
}
