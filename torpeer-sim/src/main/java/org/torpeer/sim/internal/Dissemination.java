package org.torpeer.sim.internal;

import java.util.BitSet;
import org.torpeer.sim.Milestones;

/** How one announcement spreads: the record of the node that comes last, from its first start on. */
final class Dissemination {
    private final BitSet informed = new BitSet();
    private final Progression others;
    private int announcer = -1;
    private long latest = -1;
    private double since = Double.NaN;

    Dissemination(int nodes) {
        others = new Progression(nodes - 1L);
    }

    /** A node will start at that time; the last one to is the announcer, of several at the same time the last named. */
    void planned(int node, long nanos) {
        if (nanos >= latest) {
            latest = nanos;
            announcer = node;
        }
    }

    void started(int node, double seconds) {
        if (node == announcer && Double.isNaN(since)) {
            since = seconds;
        }
    }

    void learned(int node, int other, double seconds) {
        if (other == announcer && !informed.get(node)) {
            informed.set(node);
            others.add(seconds - since);
        }
    }

    /** In seconds after the announcer's start. */
    Milestones milestones() {
        return others.milestones();
    }
}
