package org.torpeer.node.internal.book;

import org.torpeer.api.InvalidInputException;

/**
 * How many buckets a book has, each of {@link #BUCKET} places; together they bound what it holds. Buckets take no memory
 * before something is in them.
 *
 * @param newBuckets for peers only heard of; a power of two from 16 to 2^20
 * @param triedBuckets for peers that we reached; a power of two from 1 to 2^20
 * @param mature a book is young while it has fewer peers that we reached
 * @param shares whether records are kept as the objects they came as, rather than densely: that is smaller where many
 *     books of one process share them, as in a simulation, and larger anywhere else
 * @param naive whether the book believes and keeps whatever it is told last, and the node lets anybody push others out as
 *     fast as a router does, as a simulation wants it that shows what the defences are good for
 */
public record BookShape(int newBuckets, int triedBuckets, int mature, boolean shares, boolean naive) {
    /** Places in a bucket. */
    public static final int BUCKET = 64;
    /** How many of the new buckets one source can put something into. */
    public static final int BUCKETS_PER_SOURCE = 16;
    /** In how many new buckets a peer can be at once, one for each of its sources. */
    public static final int BUCKETS_PER_PEER = 4;
    /** A young network has to converge before it has secrets. */
    private static final int MATURE = 512;
    /** What a node has: 16,384 peers heard of and 4,096 reached. */
    public static final BookShape DEFAULT = new BookShape(256, 64);

    private static final int MOST = 1 << 20;

    /**
     * @throws InvalidInputException if a number is out of its range
     */
    public BookShape {
        if (!fits(newBuckets, BUCKETS_PER_SOURCE) || !fits(triedBuckets, 1)) {
            throw new InvalidInputException("the numbers of buckets are powers of two, from 16 (tried: 1) to " + MOST
                    + ", not " + newBuckets + " and " + triedBuckets);
        }
    }

    public BookShape(int newBuckets, int triedBuckets) {
        this(newBuckets, triedBuckets, MATURE);
    }

    public BookShape(int newBuckets, int triedBuckets, int mature) {
        this(newBuckets, triedBuckets, mature, false, false);
    }

    /** The same without defences; no configuration of a node leads here. */
    public BookShape undefended() {
        return new BookShape(newBuckets, triedBuckets, mature, shares, true);
    }

    /** The same for books that share their records. */
    public BookShape sharing() {
        return new BookShape(newBuckets, triedBuckets, mature, true, naive);
    }

    private static boolean fits(int buckets, int least) {
        return buckets >= least && buckets <= MOST && Integer.bitCount(buckets) == 1;
    }
}
