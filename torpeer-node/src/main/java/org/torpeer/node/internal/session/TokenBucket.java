package org.torpeer.node.internal.session;

/** Admits a burst, then a rate; passes no judgement on who asks. Time is passed in. */
final class TokenBucket {
    private final double perSecond;
    private final double burst;
    private double tokens;
    private long at;

    TokenBucket(double perSecond, int burst, long nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = nanoTime;
    }

    /** Takes one token if there is one. */
    boolean take(long nanoTime) {
        tokens = Math.min(Math.max(burst, tokens), tokens + (nanoTime - at) * 1e-9 * perSecond);
        at = nanoTime;
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Gives tokens beyond the burst, for what we asked for ourselves. */
    void grant(int count) {
        tokens = Math.min(2 * burst, tokens + count);
    }
}
