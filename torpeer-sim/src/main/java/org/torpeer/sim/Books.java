package org.torpeer.sim;

import org.torpeer.api.InvalidInputException;

/**
 * How large the nodes' address books are, in buckets of 64 places. A network of some dozens of nodes shows what a large one
 * does when its books are as small as it is.
 *
 * @param newBuckets for peers only heard of: a power of two from 16 on
 * @param triedBuckets for those reached: a power of two
 * @param mature from so many reached peers on a participant's book is no longer young
 * @param routersMature the same of a router's
 */
public record Books(int newBuckets, int triedBuckets, int mature, int routersMature) {
    /** More would not be filled. */
    public static final int MOST = 4096;

    public Books {
        if (!power(newBuckets, 16) || !power(triedBuckets, 1)) {
            throw new InvalidInputException("the numbers of buckets are powers of two up to " + MOST
                    + ", 16 at least for those heard of, not " + newBuckets + " and " + triedBuckets);
        }
        if (mature < 0 || routersMature < 0) {
            throw new InvalidInputException("a book is mature from 0 peers on or more");
        }
    }

    private static boolean power(int buckets, int least) {
        return buckets >= least && buckets <= MOST && Integer.bitCount(buckets) == 1;
    }
}
