package org.torpeer.pow.internal;

/**
 * How many nonces one thread tries in a row: as many as take about 25 ms at the speed seen lately. A batch is never more
 * than a sixteenth of what that speed was seen on, since a few lucky misses of a gate say nothing of what a hit costs.
 *
 * <p>A batch that can be left half way takes about a second instead: what does not fill the lanes at its end is lost.
 */
final class BatchSize {
    static final long TARGET_NANOS = 25_000_000;
    /** Also bounds a batch where time stands still, as it may in a simulated world. */
    static final int MAX = 1 << 22;

    private static final long WATCHED_NANOS = 1_000_000_000;
    private static final int FIRST_WATCHED = 1 << 14;
    private static final int EXPERIENCE = 16;
    private static final long WINDOW_NANOS = 2_000_000_000;

    private final boolean watched;
    private long attempts;
    private long nanos;

    /** @param watched whether a batch can be left half way */
    BatchSize(boolean watched) {
        this.watched = watched;
    }

    int next() {
        if (watched) {
            return nanos == 0 ? FIRST_WATCHED : bounded(fitting(WATCHED_NANOS));
        }
        return bounded(Math.min(attempts / EXPERIENCE + 1, fitting(TARGET_NANOS)));
    }

    private long fitting(long target) {
        return nanos == 0 ? MAX : (long) ((double) target * attempts / nanos);
    }

    private static int bounded(long count) {
        return (int) Math.max(1, Math.min(MAX, count));
    }

    void took(int count, long elapsedNanos) {
        attempts += count;
        nanos += Math.max(0, elapsedNanos);
        // Old speed fades; even a machine that slept for days is seen through within one call.
        while (nanos > WINDOW_NANOS) {
            attempts /= 2;
            nanos /= 2;
        }
    }
}
