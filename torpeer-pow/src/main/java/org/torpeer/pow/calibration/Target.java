package org.torpeer.pow.calibration;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.InvalidInputException;

/**
 * How long solving may take: with probability {@code quantile} at most {@code time}.
 *
 * @param quantile above 0 and below 1
 * @param time one millisecond to a year
 */
public record Target(double quantile, Duration time) {
    private static final Duration LEAST = Duration.ofMillis(1);
    private static final Duration MOST = Duration.ofDays(366);
    private static final int MAX_TEXT = 32;
    private static final Pattern TEXT =
            Pattern.compile("p([0-9]{1,2}(?:\\.[0-9]{1,6})?)=([0-9]{1,9}(?:\\.[0-9]{1,3})?)(ms|s|m|h|d)");

    /** @throws InvalidInputException if a value is out of its range; NaN is */
    public Target {
        if (!(quantile > 0 && quantile < 1)) {
            throw new InvalidInputException("a target's quantile is above p0 and below p100");
        }
        if (time.compareTo(LEAST) < 0 || time.compareTo(MOST) > 0) {
            throw new InvalidInputException("a target's time is 1 ms to a year");
        }
    }

    /**
     * Reads {@code p95=3s}: a percentage, and a time in {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}.
     *
     * @throws InvalidInputException if it is not written so, or out of range
     */
    public static Target parse(String text) {
        Matcher parts = text.length() > MAX_TEXT ? null : TEXT.matcher(text);
        if (parts == null || !parts.matches()) {
            throw new InvalidInputException("a target is written as p95=3s: with units ms, s, m, h or d");
        }
        double amount = Double.parseDouble(parts.group(2));
        double seconds = amount * secondsIn(parts.group(3));
        if (seconds > MOST.toSeconds()) {
            throw new InvalidInputException("a target's time is 1 ms to a year");
        }
        double quantile = new BigDecimal(parts.group(1)).movePointLeft(2).doubleValue();
        return new Target(quantile, Duration.ofNanos(Math.round(seconds * 1e9)));
    }

    private static double secondsIn(String unit) {
        return switch (unit) {
            case "ms" -> 1e-3;
            case "s" -> 1;
            case "m" -> 60;
            case "h" -> 3600;
            default -> 86400;
        };
    }

    double seconds() {
        return time.toNanos() / 1e9;
    }
}
