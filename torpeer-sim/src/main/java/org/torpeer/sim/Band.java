package org.torpeer.sim;

import java.util.Arrays;

/**
 * What several runs say of one number.
 *
 * @param mean over the runs
 * @param low where the 95 % confidence interval of the mean begins, by Student's t distribution
 * @param high where it ends; of a single run, all three are its number
 * @param runs how many there were
 */
public record Band(double mean, double low, double high, int runs) {
    /** 97.5 % quantiles of Student's t distribution with 1, 2, ... degrees of freedom. */
    private static final double[] T = {
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
        2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042
    };

    private static final double NORMAL = 1.960;

    /** The band of at least one number. */
    public static Band of(double... values) {
        double mean = Arrays.stream(values).average().orElseThrow();
        if (values.length == 1) {
            return new Band(mean, mean, mean, 1);
        }
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        double error = Math.sqrt(squares / (values.length - 1) / values.length);
        double reach = quantile(values.length - 1) * error;
        return new Band(mean, mean - reach, mean + reach, values.length);
    }

    /** This band as far as it lies between two bounds. */
    public Band within(double least, double most) {
        return new Band(mean, Math.max(least, Math.min(most, low)), Math.max(least, Math.min(most, high)), runs);
    }

    /** Beyond the table, the first term of Fisher's expansion is right to three digits. */
    private static double quantile(int freedom) {
        return freedom <= T.length ? T[freedom - 1] : NORMAL + (NORMAL * NORMAL * NORMAL + NORMAL) / (4.0 * freedom);
    }
}
