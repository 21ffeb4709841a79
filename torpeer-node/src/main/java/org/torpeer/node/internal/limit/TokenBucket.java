package org.torpeer.node.internal.limit;

/** Admits a burst, then a rate; passes no judgement on who asks. Time is passed in. Not safe for several threads. */
public final class TokenBucket {
    private final double perSecond;
    private final double burst;
    private double tokens;
    private long at;

    public TokenBucket(double perSecond, int burst, long nanoTime) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.tokens = burst;
        this.at = nanoTime;
    }

    /** Takes one token if there is one. */
    public boolean take(long nanoTime) {
        if (!has(nanoTime)) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether there is a token. */
    public boolean has(long nanoTime) {
        fill(nanoTime);
        return tokens >= 1;
    }

    /** Whether it is no different from a new one. */
    public boolean full(long nanoTime) {
        fill(nanoTime);
        return tokens == burst;
    }

    private void fill(long nanoTime) {
        tokens = Math.min(Math.max(burst, tokens), tokens + (nanoTime - at) * 1e-9 * perSecond);
        at = nanoTime;
    }

    /** Gives tokens beyond the burst, for what we asked for ourselves. */
    public void grant(int count) {
        tokens = Math.min(2 * burst, tokens + count);
    }
}
