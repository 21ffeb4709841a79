package org.torpeer.node.internal.book;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to dial again: twice as long after each failure, from seconds to an hour, half of that more or less by chance. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private Backoff() {}

    /** Nanoseconds to wait after so many failures in a row, at least 1. */
    static long pause(int failures, RandomGenerator random) {
        long doubled = FIRST.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        long bounded = Math.min(doubled, LAST.toNanos());
        return bounded / 2 + random.nextLong(bounded);
    }
}
