package org.torpeer.pow.internal;

/**
 * How many nonces one thread tries in a row: as many as take about 25 ms at the speed seen lately. A batch is never more
 * than a sixteenth of what that speed was seen on, since a few lucky misses of a gate say nothing of what a hit costs.
 */
final class BatchSize {
    static final long TARGET_NANOS = 25_000_000;
    /** Also bounds a batch where time stands still, as it may in a simulated world. */
    static final int MAX = 1 << 22;

    private static final int EXPERIENCE = 16;
    private static final long WINDOW_NANOS = 2_000_000_000;

    private long attempts;
    private long nanos;

    int next() {
        long experienced = attempts / EXPERIENCE + 1;
        long fitting = nanos == 0 ? MAX : (long) ((double) TARGET_NANOS * attempts / nanos);
        return (int) Math.max(1, Math.min(MAX, Math.min(experienced, fitting)));
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
