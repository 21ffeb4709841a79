package org.torpeer.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.torpeer.api.InvalidInputException;

/** Reads a length of time from the command line. */
final class Times {
    private static final Pattern TIME = Pattern.compile("([1-9][0-9]{0,5})([smhd])");

    private Times() {}

    /**
     * Reads a number of seconds, minutes, hours or days, such as {@code 90m}.
     *
     * @throws InvalidInputException if it is not such
     */
    static Duration parse(String text) {
        Matcher matcher = TIME.matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInputException(
                    "a time is a number from 1 to 999999 with s, m, h or d, as in 90m, not '" + text + "'");
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
