package org.torpeer.sim.internal;

import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.torpeer.sim.Milestones;

/**
 * Who knows whom, as it grows, when shares of all ordered pairs were first reached, and how it looks among the nodes that
 * run. What is asked often is counted along, so that asking costs nothing.
 */
final class Acquaintance {
    private final Numbers[] known;
    private final int[] knownBy;
    private final BitSet up = new BitSet();
    private final BitSet malicious;
    private final Progression pairs;

    /** Entries held by running nodes, and those of them that are about running nodes. */
    private long held;

    private long current;
    /** Entries held by honest running nodes, and those of them that are about malicious ones. */
    private long honest;

    private long tainted;
    /** Entries held by honest running nodes about honest running ones. */
    private long found;

    /**
     * @param nodes those who play against the others included
     * @param malicious who these are; not changed later. They know nobody, and it is no discovery to know them
     */
    Acquaintance(int nodes, BitSet malicious) {
        this.malicious = malicious;
        known = new Numbers[nodes];
        knownBy = new int[nodes];
        for (int node = 0; node < nodes; node++) {
            known[node] = new Numbers(nodes);
        }
        long members = (long) nodes - malicious.cardinality();
        pairs = new Progression(members * (members - 1));
    }

    /** Whether it was {@link #add}ed, and not forgotten since. */
    boolean has(int node, int other) {
        return known[node].contains(other);
    }

    /** Whether this is news. */
    boolean add(int node, int other, double seconds) {
        if (node == other || !known[node].add(other)) {
            return false;
        }
        knownBy[other]++;
        if (!malicious.get(other)) {
            pairs.add(seconds);
        }
        if (up.get(node)) {
            count(node, other, 1);
        }
        return true;
    }

    void started(int node) {
        if (!up.get(node)) {
            countOthers(node, 1);
            up.set(node);
            countOwn(node, 1);
        }
    }

    void stopped(int node) {
        if (up.get(node)) {
            countOwn(node, -1);
            up.clear(node);
            countOthers(node, -1);
        }
    }

    /** The node, which is not running, has forgotten everything. */
    void forget(int node) {
        pairs.remove(known[node].stream().filter(other -> !malicious.get(other)).count());
        known[node].forEach(other -> knownBy[other]--);
        known[node].clear();
    }

    /** Of all ordered pairs of honest nodes, the share in which the first knows the second. */
    double share() {
        return pairs.share();
    }

    /** Of the ordered pairs of honest running nodes, the share in which the first knows the second. */
    double among() {
        long members = honest().count();
        return members < 2 ? 0 : (double) found / (members * (members - 1));
    }

    /** Of all that running nodes know, the share that is not running. */
    double stale() {
        return held == 0 ? 0 : 1 - (double) current / held;
    }

    /** Of all that honest running nodes know, the share that is malicious. */
    double malicious() {
        return honest == 0 ? 0 : (double) tainted / honest;
    }

    int knows(int node) {
        return known[node].size();
    }

    Milestones milestones() {
        return pairs.milestones();
    }

    /** How many honest running nodes know how many others. */
    Map<Integer, Integer> outDegrees() {
        Map<Integer, Integer> degrees = new TreeMap<>();
        honest().forEach(node -> degrees.merge(knows(node), 1, Integer::sum));
        return degrees;
    }

    /** How many honest running nodes are known by how many running ones. */
    Map<Integer, Integer> inDegrees() {
        int[] by = new int[known.length];
        up.stream().forEach(node -> known[node].forEach(other -> by[other]++));
        Map<Integer, Integer> degrees = new TreeMap<>();
        honest().forEach(node -> degrees.merge(by[node], 1, Integer::sum));
        return degrees;
    }

    private boolean honest(int one, int other) {
        return !malicious.get(one) && !malicious.get(other);
    }

    private IntStream honest() {
        return up.stream().filter(node -> !malicious.get(node));
    }

    private void countOwn(int node, int sign) {
        known[node].forEach(other -> count(node, other, sign));
    }

    private void count(int node, int other, int sign) {
        held += sign;
        current += up.get(other) ? sign : 0;
        found += up.get(other) && honest(node, other) ? sign : 0;
        if (!malicious.get(node)) {
            honest += sign;
            tainted += malicious.get(other) ? sign : 0;
        }
    }

    /** What running nodes know of one becomes current, or stale. */
    private void countOthers(int node, int sign) {
        if (knownBy[node] == 0) {
            return;
        }
        for (int other = up.nextSetBit(0); other >= 0; other = up.nextSetBit(other + 1)) {
            current += known[other].contains(node) ? sign : 0;
            found += known[other].contains(node) && honest(node, other) ? sign : 0;
        }
    }
}
