package org.torpeer.pow.calibration;

/** How many attempts solutions take: each succeeds with probability {@code 2^-bits}, so the number is geometric. */
final class SolveTimes {
    private static final int MAX_BITS = 255;

    private SolveTimes() {}

    /** Attempts within which a solution is found with the given probability; at least 1. */
    static double quantile(double probability, int bits) {
        return Math.max(1, Math.log1p(-probability) / Math.log1p(-Math.scalb(1.0, -bits)));
    }

    /** The probability that at most this many attempts are enough. */
    static double probability(double attempts, int bits) {
        return -Math.expm1(attempts * Math.log1p(-Math.scalb(1.0, -bits)));
    }

    /** The most bits whose quantile is reached in time; 0 if none is. */
    static int bits(Target target, double attemptsPerSecond) {
        double affordable = target.seconds() * attemptsPerSecond;
        int bits = 0;
        while (bits < MAX_BITS && quantile(target.quantile(), bits + 1) <= affordable) {
            bits++;
        }
        return bits;
    }
}
