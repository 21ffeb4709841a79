package org.torpeer.cli;

import org.torpeer.api.InvalidInputException;

/** A whole number on the command line. */
final class WholeNumber {
    private WholeNumber() {}

    /**
     * @param option whose value it is
     * @throws InvalidInputException if it is not such, or does not fit into 64 bits
     */
    static long parse(String option, String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new InvalidInputException(option + " is a whole number of at most 18 digits, not '" + text + "'", e);
        }
    }

    /**
     * @param option whose value it is
     * @throws InvalidInputException if it is not such, or not from {@code least} to {@code most}
     */
    static int parse(String option, String text, int least, int most) {
        if (!text.matches("[0-9]{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
            throw new InvalidInputException(
                    option + " is a whole number from " + least + " to " + most + ", not '" + text + "'");
        }
        return Integer.parseInt(text);
    }
}
