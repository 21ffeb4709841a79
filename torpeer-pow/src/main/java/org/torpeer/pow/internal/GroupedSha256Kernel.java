package org.torpeer.pow.internal;

import org.torpeer.api.spi.pow.PowKernel;

/**
 * SHA-256 of as many nonces at once as make a group. The nonces of a range differ in their low word only, so what comes of
 * the rest is computed once for the range; what is left of a range goes one by one through the platform's own SHA-256, as
 * does a single nonce.
 */
abstract class GroupedSha256Kernel implements PowKernel {
    static final int ROUNDS = 64;
    /** Rounds up to here depend on nothing that differs within a group. */
    static final int COMMON_ROUNDS = 12;

    static final int NONCE_LOW = 12;

    final Attempt attempt = new Attempt();
    private final int width;

    /**
     * @param width nonces in a group
     */
    GroupedSha256Kernel(int width) {
        this.width = width;
    }

    /** Computes everything that nonces with the high word of this one have in common. */
    abstract void prepare(long nonce);

    /**
     * Searches some whole groups that are prepared for.
     *
     * @return how far from the first nonce the first is that scores enough, or {@link #NONE}
     */
    abstract int searchGroups(long first, int groups, int bits);

    @Override
    public final int score(byte[] prefix, long nonce) {
        attempt.prefix(prefix);
        return attempt.leadingZeros(nonce);
    }

    @Override
    public final int search(byte[] prefix, long first, int count, int bits) {
        Attempt.checkRange(count, bits);
        attempt.prefix(prefix);
        int tried = 0;
        while (tried < count) {
            int groups = groupsOfOneHighWord(first + tried, count - tried);
            if (groups == 0) {
                if (attempt.leadingZeros(first + tried) >= bits) {
                    return tried;
                }
                tried++;
                continue;
            }
            prepare(first + tried);
            int found = searchGroups(first + tried, groups, bits);
            if (found != NONE) {
                return tried + found;
            }
            tried += groups * width;
        }
        return NONE;
    }

    /** The bits of a hash's first word that are zero if it may score enough. */
    static int mask(int bits) {
        return bits == 0 ? 0 : -1 << (Integer.SIZE - Math.min(bits, Integer.SIZE));
    }

    private int groupsOfOneHighWord(long first, int count) {
        long untilCarry = (1L << Integer.SIZE) - Integer.toUnsignedLong((int) first);
        return (int) (Math.min(count, untilCarry) / width);
    }
}
