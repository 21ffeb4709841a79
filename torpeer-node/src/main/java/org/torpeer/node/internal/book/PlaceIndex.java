package org.torpeer.node.internal.book;

/**
 * Who is at a place of a bucket: in effect all buckets, of which only the occupied places take memory. A value is a
 * placement, {@link BookShape#BUCKETS_PER_PEER} times the row plus which of the row's placements it is.
 */
final class PlaceIndex extends OpenTable {
    private static final int GOLDEN = 0x9E3779B9;

    private final Rows rows;

    PlaceIndex(Rows rows) {
        this.rows = rows;
    }

    /** The placement at the place, or -1. */
    int find(int place) {
        int hash = mix(place);
        for (int slot = first(hash); !isFree(slot); slot = next(slot)) {
            if (mayBe(slot, hash) && rows.place(at(slot)) == place) {
                return at(slot);
            }
        }
        return -1;
    }

    /** Places are drawn by a keyed hash already; this only spreads neighbours. */
    @Override
    int hashOf(int placement) {
        return mix(rows.place(placement));
    }

    private static int mix(int place) {
        int product = place * GOLDEN;
        return product ^ (product >>> 15);
    }
}
