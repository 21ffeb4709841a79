package org.torpeer.sim.internal;

import org.torpeer.sim.Milestones;

/** A count that grows towards a whole, and when shares of it were first reached. */
final class Progression {
    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

    private final long whole;
    private final Double[] reached = new Double[SHARES.length];
    private long count;

    Progression(long whole) {
        this.whole = whole;
    }

    void add(double seconds) {
        count++;
        for (int i = 0; i < SHARES.length; i++) {
            if (reached[i] == null && count >= SHARES[i] * whole) {
                reached[i] = seconds;
            }
        }
    }

    /** Loses some of what was counted; what was reached stays reached. */
    void remove(long some) {
        count -= some;
    }

    /** Of the whole, 1 if that is nothing. */
    double share() {
        return whole == 0 ? 1 : (double) count / whole;
    }

    Milestones milestones() {
        return new Milestones(reached[0], reached[1], reached[2], reached[3]);
    }
}
