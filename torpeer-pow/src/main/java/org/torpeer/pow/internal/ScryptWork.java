package org.torpeer.pow.internal;

import org.torpeer.api.InvalidInputException;

/** Compares the work of parameter sets of scrypt. */
public final class ScryptWork {
    private ScryptWork() {}

    /**
     * How many evaluations with the second set cost as much as one with the first; 1 if the two are the same text.
     *
     * @throws InvalidInputException if they differ and are not parameters of scrypt
     */
    public static double ratio(String first, String second) {
        return first.equals(second) ? 1 : work(first) / work(second);
    }

    private static double work(String parameters) {
        ScryptParameters parsed = ScryptParameters.parse(parameters);
        return (double) parsed.n() * parsed.r() * parsed.p();
    }
}
