package org.torpeer.pow.calibration;

import java.util.List;

/**
 * Whether real solutions take what is predicted: puzzles of {@code sha256}, solved one after the other.
 *
 * @param solves how many
 * @param bits their difficulty
 * @param statistic of Kolmogorov and Smirnov: the largest distance between the observed and the predicted distribution of
 *     attempts
 * @param pValue how probable a distance as large is if the prediction is right; small values are suspicious
 * @param quantiles p50, p95 and p99
 * @param attempts what each solution took, in ascending order
 */
public record SolveCheck(
        int solves, int bits, double statistic, double pValue, List<Quantile> quantiles, List<Long> attempts) {
    /**
     * A quantile in attempts.
     *
     * @param probability such as 0.95
     */
    public record Quantile(double probability, double predicted, double observed) {}

    public SolveCheck {
        quantiles = List.copyOf(quantiles);
        attempts = List.copyOf(attempts);
    }
}
