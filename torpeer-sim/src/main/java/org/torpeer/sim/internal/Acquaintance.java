package org.torpeer.sim.internal;

import java.util.BitSet;
import org.torpeer.sim.Milestones;

/** Who knows whom, as it grows, and when shares of all ordered pairs were first reached. */
final class Acquaintance {
    private static final double[] SHARES = {0.5, 0.9, 0.99, 1};

    private final BitSet[] known;
    private final long pairs;
    private final Double[] reached = new Double[SHARES.length];
    private long count;

    Acquaintance(int nodes) {
        known = new BitSet[nodes];
        for (int node = 0; node < nodes; node++) {
            known[node] = new BitSet();
        }
        pairs = (long) nodes * (nodes - 1);
    }

    void add(int node, int other, double seconds) {
        if (node == other || known[node].get(other)) {
            return;
        }
        known[node].set(other);
        count++;
        for (int i = 0; i < SHARES.length; i++) {
            if (reached[i] == null && count >= SHARES[i] * pairs) {
                reached[i] = seconds;
            }
        }
    }

    /** The node has forgotten everything. */
    void forget(int node) {
        count -= known[node].cardinality();
        known[node].clear();
    }

    boolean complete() {
        return count == pairs;
    }

    /** Of the ordered pairs of some nodes, the share in which the first knows the second. */
    double among(BitSet nodes) {
        long members = nodes.cardinality();
        return members < 2 ? 0 : (double) pairsFrom(nodes, nodes) / (members * (members - 1));
    }

    /** Of all that some nodes know, the share that is not among them. */
    double outside(BitSet nodes) {
        long all = nodes.stream().mapToLong(node -> known[node].cardinality()).sum();
        return all == 0 ? 0 : 1 - (double) pairsFrom(nodes, nodes) / all;
    }

    Milestones milestones() {
        return new Milestones(reached[0], reached[1], reached[2], reached[3]);
    }

    private long pairsFrom(BitSet nodes, BitSet to) {
        long found = 0;
        for (int node = nodes.nextSetBit(0); node >= 0; node = nodes.nextSetBit(node + 1)) {
            BitSet met = (BitSet) known[node].clone();
            met.and(to);
            found += met.cardinality();
        }
        return found;
    }
}
