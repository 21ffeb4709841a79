package org.torpeer.testkit;

import java.security.SecureRandom;
import java.util.Random;
import org.torpeer.api.runtime.Driver;

/**
 * Randomness of tests that can be had again: every seed is printed, and {@code -Dtorpeer.seed=N} sets it.
 */
@Driver("a fresh seed for each run comes from outside")
public final class TestSeed {
    private static final String PROPERTY = "torpeer.seed";

    private TestSeed() {}

    /** A generator of its own for the named test. */
    public static Random random(String test) {
        long seed = Long.getLong(PROPERTY, new SecureRandom().nextLong());
        System.out.println(test + ": seed " + seed + " (repeat with -D" + PROPERTY + "=" + seed + ")");
        return new Random(seed);
    }
}
