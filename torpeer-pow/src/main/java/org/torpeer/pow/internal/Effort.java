package org.torpeer.pow.internal;

/**
 * What was spent on a search.
 *
 * @param attempts nonces tried
 * @param nanos time it took, in nanoseconds, the times between its runs left out
 */
record Effort(long attempts, long nanos) {
    static final Effort NONE = new Effort(0, 0);

    Effort plus(long moreAttempts, long moreNanos) {
        return new Effort(attempts + moreAttempts, nanos + Math.max(0, moreNanos));
    }
}
