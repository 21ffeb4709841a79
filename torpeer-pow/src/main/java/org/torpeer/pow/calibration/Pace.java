package org.torpeer.pow.calibration;

/**
 * How long measurements take, in nanoseconds.
 *
 * @param warming what is not measured yet
 * @param searching each measurement of a search
 * @param verifying each measurement of verification
 */
record Pace(long warming, long searching, long verifying) {
    static final Pace STEADY = new Pace(500_000_000, 1_200_000_000, 300_000_000);
    private static final double LEAST = 0.05;

    /** What an algorithm takes: one thread's search, that of all threads, and verification, each twice. */
    long nanos() {
        return 2 * (warming + searching + verifying);
    }

    /**
     * This pace, or a faster one.
     *
     * @param nanos the time there is
     * @param algorithms how many are to be measured in it; each is, however little time there is
     */
    Pace within(long nanos, int algorithms) {
        double share = Math.max(LEAST, Math.min(1, (double) nanos / algorithms / nanos()));
        return times(share);
    }

    Pace times(double factor) {
        return new Pace((long) (factor * warming), (long) (factor * searching), (long) (factor * verifying));
    }
}
