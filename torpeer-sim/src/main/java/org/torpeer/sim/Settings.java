package org.torpeer.sim;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;

/**
 * Values by key, each with the place it is from, for errors. A key that was never asked for is one that does not exist.
 */
final class Settings {
    /**
     * A value and where it is from.
     *
     * @param place such as {@code mine.scenario:7}
     */
    record Entry(String value, String place) {}

    private final Map<String, Entry> entries;
    private final Set<String> asked = new LinkedHashSet<>();

    Settings(Map<String, Entry> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    /** Whether any key begins like this. */
    boolean any(String prefix) {
        return entries.keySet().stream().anyMatch(key -> key.startsWith(prefix));
    }

    String text(String key, String otherwise) {
        return value(key, otherwise, text -> text);
    }

    Duration time(String key, Duration otherwise) {
        return value(key, otherwise, Quantities::time);
    }

    Latency latency(String key, Latency otherwise) {
        return value(key, otherwise, Quantities::latency);
    }

    /** A number from 0 to 1. */
    double share(String key, double otherwise) {
        return value(key, otherwise, text -> {
            double number = number(text);
            if (!(number >= 0 && number <= 1)) {
                throw new InvalidInputException("it is a number from 0 to 1");
            }
            return number;
        });
    }

    /** A number of 0 or more. */
    double amount(String key, double otherwise) {
        return value(key, otherwise, text -> {
            double number = number(text);
            if (!(number >= 0 && number < Double.POSITIVE_INFINITY)) {
                throw new InvalidInputException("it is a number from 0 up");
            }
            return number;
        });
    }

    /** {@code yes} or {@code no}. */
    boolean choice(String key, boolean otherwise) {
        return value(key, otherwise, text -> switch (text) {
            case "yes" -> true;
            case "no" -> false;
            default -> throw new InvalidInputException("it is yes or no");
        });
    }

    /** Something that is read in its own way; what the reading throws gets its place in front. */
    <T> T named(String key, T otherwise, Function<String, T> reading) {
        return value(key, otherwise, reading);
    }

    long count(String key, long least, long most, long otherwise) {
        return value(key, otherwise, text -> {
            if (!text.matches("[0-9]{1,19}")) {
                throw outOfRange(least, most);
            }
            try {
                long number = Long.parseLong(text);
                if (number < least || number > most) {
                    throw outOfRange(least, most);
                }
                return number;
            } catch (NumberFormatException e) {
                throw outOfRange(least, most);
            }
        });
    }

    /**
     * Values that contradict each other.
     *
     * @param key one of them
     */
    InvalidInputException conflict(String key, String why) {
        Entry entry = entries.get(key);
        return new InvalidInputException(entry == null ? why : entry.place() + ": " + key + ": " + why);
    }

    /**
     * @param all says where all keys are to be seen
     * @throws InvalidInputException if there is a key that nobody asked for; the message names those that look like it
     */
    void nothingElse(String all) {
        entries.forEach((key, entry) -> {
            if (!asked.contains(key)) {
                List<String> similar = Similar.to(key, asked);
                throw new InvalidInputException(entry.place() + ": there is no key '" + key + "'"
                        + (similar.isEmpty() ? "" : ": did you mean " + String.join(" or ", similar) + "?")
                        + " (" + all + ")");
            }
        });
    }

    private <T> T value(String key, T otherwise, Function<String, T> reading) {
        asked.add(key);
        Entry entry = entries.get(key);
        if (entry == null) {
            return otherwise;
        }
        try {
            return reading.apply(entry.value());
        } catch (InvalidInputException e) {
            throw new InvalidInputException(
                    entry.place() + ": " + key + " = " + entry.value() + ": " + e.getMessage(), e);
        }
    }

    private static double number(String text) {
        return text.matches("-?[0-9]{1,18}(\\.[0-9]{1,20})?([eE]-?[0-9]{1,3})?")
                ? Double.parseDouble(text)
                : Double.NaN;
    }

    private static InvalidInputException outOfRange(long least, long most) {
        return new InvalidInputException(
                most == Long.MAX_VALUE
                        ? "it is a whole number from " + least + " up"
                        : "it is a whole number from " + least + " to " + most);
    }
}
