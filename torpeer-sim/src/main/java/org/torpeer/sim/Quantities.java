package org.torpeer.sim;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;

/** Times and latencies as text: {@code 90 s}; {@code 0.3 s to 2 s}; {@code median 5 s, p99 60 s}. */
final class Quantities {
    static final String TIME = "a time of 0 or more with its unit, such as 90 s (ns, us, ms, s, min, h or d)";
    static final String LATENCY =
            "a latency: a time such as 2 s, a range such as 0.3 s to 2 s, or median 5 s, p99 60 s";

    private static final Map<String, Long> NANOS = new LinkedHashMap<>();
    private static final String NUMBER = "([0-9]{1,15}(?:\\.[0-9]{1,12})?)";
    private static final Pattern QUANTITY = Pattern.compile(NUMBER + "\\s*(ns|us|ms|s|min|h|d)");
    private static final Pattern RANGE = Pattern.compile("(.*\\S)\\s+to\\s+(\\S.*)");
    private static final Pattern LOGNORMAL = Pattern.compile("median\\s+(.*\\S)\\s*,\\s*p99\\s+(\\S.*)");
    /** No simulation lasts longer, and its nanoseconds fit into a long. */
    private static final BigDecimal MOST =
            BigDecimal.valueOf(Duration.ofDays(36_500).toNanos());

    static {
        NANOS.put("d", 86_400_000_000_000L);
        NANOS.put("h", 3_600_000_000_000L);
        NANOS.put("min", 60_000_000_000L);
        NANOS.put("s", 1_000_000_000L);
        NANOS.put("ms", 1_000_000L);
        NANOS.put("us", 1_000L);
        NANOS.put("ns", 1L);
    }

    private Quantities() {}

    /**
     * @throws InvalidInputException if the text is no time
     */
    static Duration time(String text) {
        Matcher parts = QUANTITY.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInputException("it is " + TIME);
        }
        long unit = NANOS.getOrDefault(parts.group(2), 0L);
        BigDecimal nanos = new BigDecimal(parts.group(1)).multiply(BigDecimal.valueOf(unit));
        if (nanos.compareTo(MOST) > 0) {
            throw new InvalidInputException("it is at most 36500 d");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /**
     * @throws InvalidInputException if the text is no latency
     */
    static Latency latency(String text) {
        Matcher lognormal = LOGNORMAL.matcher(text);
        Matcher range = RANGE.matcher(text);
        if (lognormal.matches()) {
            Duration median = bound(lognormal.group(1));
            Duration p99 = bound(lognormal.group(2));
            if (median.isZero() || median.compareTo(p99) >= 0) {
                throw new InvalidInputException("a lognormal latency has a positive median below its p99");
            }
            return Latency.lognormal(median, p99);
        }
        if (range.matches()) {
            Duration least = bound(range.group(1));
            Duration most = bound(range.group(2));
            if (least.compareTo(most) > 0) {
                throw new InvalidInputException("a latency is drawn from 0 or more up, not down");
            }
            return Latency.uniform(least, most);
        }
        return Latency.fixed(bound(text));
    }

    /** The text that gives this time again. */
    static String text(Duration time) {
        long nanos = time.toNanos();
        if (nanos == 0) {
            return "0 s";
        }
        for (Map.Entry<String, Long> unit : NANOS.entrySet()) {
            if (nanos % unit.getValue() == 0) {
                return nanos / unit.getValue() + " " + unit.getKey();
            }
        }
        throw new IllegalStateException("every time is a number of nanoseconds");
    }

    /** The text that gives this latency again. */
    static String text(Latency latency) {
        if (latency instanceof Latency.Fixed fixed) {
            return text(fixed.each());
        }
        if (latency instanceof Latency.Uniform uniform) {
            return text(uniform.least()) + " to " + text(uniform.most());
        }
        Latency.Lognormal lognormal = (Latency.Lognormal) latency;
        return "median " + text(lognormal.median()) + ", p99 " + text(lognormal.p99());
    }

    private static Duration bound(String text) {
        try {
            return time(text);
        } catch (InvalidInputException e) {
            throw new InvalidInputException("it is " + LATENCY, e);
        }
    }
}
