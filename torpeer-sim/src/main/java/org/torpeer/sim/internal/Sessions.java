package org.torpeer.sim.internal;

import java.util.Arrays;
import java.util.BitSet;

/** Who has a session with whom, as each of the two sees it. */
final class Sessions {
    private static final int[] NONE = {};

    private final int[][] peers;

    Sessions(int nodes) {
        peers = new int[nodes][];
        Arrays.fill(peers, NONE);
    }

    void opened(int node, int peer) {
        int[] before = peers[node];
        if (place(before, peer) >= 0) {
            return;
        }
        int[] after = Arrays.copyOf(before, before.length + 1);
        after[before.length] = peer;
        peers[node] = after;
    }

    void closed(int node, int peer) {
        int[] before = peers[node];
        int place = place(before, peer);
        if (place < 0) {
            return;
        }
        int[] after = Arrays.copyOf(before, before.length - 1);
        System.arraycopy(before, place + 1, after, place, after.length - place);
        peers[node] = after;
    }

    private static int place(int[] peers, int peer) {
        int place = peers.length - 1;
        while (place >= 0 && peers[place] != peer) {
            place--;
        }
        return place;
    }

    /** The node has crashed. */
    void ended(int node) {
        peers[node] = NONE;
    }

    int[] of(int node) {
        return peers[node];
    }

    /** The running nodes, renumbered without gaps, and the sessions between them. */
    Graph graph(BitSet up) {
        int[] running = up.stream().toArray();
        int[] places = new int[peers.length];
        for (int place = 0; place < running.length; place++) {
            places[running[place]] = place;
        }
        int[][] successors = new int[running.length][];
        for (int place = 0; place < running.length; place++) {
            successors[place] = places(peers[running[place]], up, places);
        }
        return Graph.undirected(successors);
    }

    private static int[] places(int[] numbers, BitSet up, int[] places) {
        int[] found = new int[numbers.length];
        int count = 0;
        for (int number : numbers) {
            if (up.get(number)) {
                found[count++] = places[number];
            }
        }
        return count == found.length ? found : Arrays.copyOf(found, count);
    }
}
