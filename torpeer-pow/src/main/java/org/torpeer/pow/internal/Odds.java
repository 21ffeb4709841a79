package org.torpeer.pow.internal;

import java.util.Locale;
import org.torpeer.api.Progress;
import org.torpeer.api.spi.pow.PowAlgorithm;

/**
 * What can be said of a search that has no end: attempts are independent, so the number needed is geometric, for all
 * practical purposes exponential.
 *
 * @param expected nonces needed on average
 * @param gated nonces for each that passes the algorithm's gate, which is what is called an attempt
 */
record Odds(double expected, double gated) {
    /** Code that is not compiled yet says nothing of how fast a search will be. */
    private static final long COLD_NANOS = 3_000_000_000L;

    private static final int COLD_ATTEMPTS = 100;

    static Odds of(PowAlgorithm algorithm, int bits) {
        return new Odds(Math.scalb(1.0, bits + algorithm.gateBits()), Math.scalb(1.0, algorithm.gateBits()));
    }

    /**
     * @param tried nonces, of all that was spent on the search
     * @param lately nonces of the time that tells how fast the search is
     * @param nanos that time
     */
    Progress after(long tried, long lately, long nanos) {
        boolean cold = nanos < COLD_NANOS && lately < COLD_ATTEMPTS * gated;
        if (cold || lately == 0 || nanos == 0) {
            return new Progress("mining", -Math.expm1(-tried / expected), "finding out how fast this is");
        }
        double perSecond = lately / (nanos / 1e9);
        String detail = rate(perSecond / gated) + " attempts/s, 50 % by " + duration(secondsTo(0.5, perSecond))
                + ", 95 % by " + duration(secondsTo(0.95, perSecond));
        return new Progress("mining", -Math.expm1(-tried / expected), detail);
    }

    private double secondsTo(double probability, double perSecond) {
        return -Math.log1p(-probability) * expected / perSecond;
    }

    private static String rate(double perSecond) {
        if (perSecond < 1e3) {
            return String.format(Locale.ROOT, "%.1f", perSecond);
        }
        if (perSecond < 1e6) {
            return String.format(Locale.ROOT, "%.1f k", perSecond / 1e3);
        }
        return String.format(Locale.ROOT, "%.1f M", perSecond / 1e6);
    }

    private static String duration(double seconds) {
        if (seconds < 120) {
            return String.format(Locale.ROOT, "%.0f s", Math.max(1, seconds));
        }
        if (seconds < 2 * 3600) {
            return String.format(Locale.ROOT, "%.0f min", seconds / 60);
        }
        if (seconds < 2 * 86400) {
            return String.format(Locale.ROOT, "%.0f h", seconds / 3600);
        }
        if (seconds < 730.0 * 86400) {
            return String.format(Locale.ROOT, "%.0f d", seconds / 86400);
        }
        return String.format(Locale.ROOT, "%.3g years", seconds / (365.25 * 86400));
    }
}
