package org.torpeer.cli;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;

/** A length of time on the command line: a whole number and {@code s}, {@code m}, {@code h} or {@code d}. */
final class TimeSpan {
    private static final String FORM = "[0-9]{1,9}[smhd]";

    private TimeSpan() {}

    /**
     * @param option whose value it is
     * @throws InvalidInputException if it is not such
     */
    static Duration parse(String option, String text) {
        if (!text.matches(FORM)) {
            throw new InvalidInputException(option + " is a time such as 30s, 90m, 36h or 14d, not '" + text + "'");
        }
        long amount = Long.parseLong(text.substring(0, text.length() - 1));
        return switch (text.charAt(text.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }
}
