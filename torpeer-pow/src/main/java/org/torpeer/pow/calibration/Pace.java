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
}
