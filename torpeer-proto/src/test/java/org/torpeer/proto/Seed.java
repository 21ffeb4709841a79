package org.torpeer.proto;

import java.security.SecureRandom;
import java.util.Random;

/** The testkit's {@code TestSeed} for the one module that the testkit itself builds on: printed, and set by the same property. */
public final class Seed {
    private static final String PROPERTY = "torpeer.seed";

    private Seed() {}

    /** A generator of its own for the named test. */
    public static Random random(String test) {
        long seed = Long.getLong(PROPERTY, new SecureRandom().nextLong());
        System.out.println(test + ": seed " + seed + " (repeat with -D" + PROPERTY + "=" + seed + ")");
        return new Random(seed);
    }
}
