package org.torpeer.pow.calibration;

/** The one-sample test of Kolmogorov and Smirnov. */
final class KolmogorovSmirnov {
    private static final int TERMS = 100;

    private KolmogorovSmirnov() {}

    /**
     * The largest distance between the sample's distribution and the predicted one.
     *
     * @param predicted the predicted distribution function at each observation, in ascending order
     */
    static double statistic(double[] predicted) {
        double most = 0;
        for (int i = 0; i < predicted.length; i++) {
            double below = predicted[i] - (double) i / predicted.length;
            double above = (i + 1.0) / predicted.length - predicted[i];
            most = Math.max(most, Math.max(below, above));
        }
        return most;
    }

    /**
     * The probability of a distance at least as large, by the limiting distribution with Stephens' correction for finite
     * samples (Stephens, "EDF statistics for goodness of fit", 1974).
     */
    static double pValue(double statistic, int samples) {
        double root = Math.sqrt(samples);
        double scaled = (root + 0.12 + 0.11 / root) * statistic;
        if (scaled < 0.2) {
            return 1;
        }
        double sum = 0;
        for (int j = 1; j <= TERMS; j++) {
            double term = Math.exp(-2.0 * j * j * scaled * scaled);
            sum += j % 2 == 1 ? term : -term;
        }
        return Math.max(0, Math.min(1, 2 * sum));
    }
}
