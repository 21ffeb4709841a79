package org.torpeer.node.internal.book;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** When to try again: twice as long after each failure up to a longest time, half of that more or less by chance. */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LAST = Duration.ofHours(1);
    private static final int MOST_DOUBLINGS = 10;

    private Backoff() {}

    /** The pause after one, before chance has its say. */
    public static Duration doubled(Duration pause, Duration last) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(last) > 0 ? last : doubled;
    }

    /** From half of the pause to half as much again, so that those who failed together do not try together. */
    public static Duration spread(Duration pause, RandomGenerator random) {
        long half = pause.toNanos() / 2;
        return Duration.ofNanos(half + random.nextLong(2 * half));
    }

    /** Nanoseconds to wait before a peer is dialed after so many failures in a row, at least 1: from seconds to an hour. */
    static long pause(int failures, RandomGenerator random) {
        long doubled = FIRST.toNanos() << Math.min(failures - 1, MOST_DOUBLINGS);
        return spread(Duration.ofNanos(Math.min(doubled, LAST.toNanos())), random)
                .toNanos();
    }
}
