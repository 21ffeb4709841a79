package org.torpeer.node.internal.book;

/**
 * Where a peer belongs; a function of the book's secret, so that nobody outside can aim. Places are numbered through:
 * first those of the new buckets, then those of the tried ones.
 */
final class Buckets {
    /** A peer takes the first free one of so many places, from its own on. */
    static final int WINDOW = 16;

    private static final long NEW_GROUP = 1;
    private static final long NEW_BUCKET = 2;
    private static final long TRIED = 3;

    private final SipHash hash;
    private final BookShape shape;

    Buckets(SipHash hash, BookShape shape) {
        this.hash = hash;
        this.shape = shape;
    }

    /** A peer's own place in the new bucket that it has through a source. */
    int newPlace(long source, long keyHash) {
        long drawn = hash.hash(NEW_GROUP, source, keyHash);
        long group = drawn & (BookShape.BUCKETS_PER_SOURCE - 1);
        long bucket = hash.hash(NEW_BUCKET, source, group) & (shape.newBuckets() - 1);
        return (int) bucket * BookShape.BUCKET + within(drawn);
    }

    /** A peer's own place in its tried bucket. */
    int triedPlace(long keyHash) {
        long drawn = hash.hash(TRIED, keyHash);
        int bucket = shape.newBuckets() + (int) (drawn & (shape.triedBuckets() - 1));
        return bucket * BookShape.BUCKET + within(drawn);
    }

    /** Whether a peer may be at that place among those tried. */
    boolean isTriedPlace(int place, long keyHash) {
        int own = triedPlace(keyHash);
        return place >= 0 && bucket(place) == bucket(own) && ((place - own) & (BookShape.BUCKET - 1)) < WINDOW;
    }

    boolean isNewPlace(int place) {
        return place >= 0 && bucket(place) < shape.newBuckets();
    }

    static int bucket(int place) {
        return place / BookShape.BUCKET;
    }

    /** The place so many steps on in the same bucket. */
    static int step(int place, int steps) {
        return (place & -BookShape.BUCKET) | ((place + steps) & (BookShape.BUCKET - 1));
    }

    private static int within(long drawn) {
        return (int) (drawn >>> 32) & (BookShape.BUCKET - 1);
    }
}
