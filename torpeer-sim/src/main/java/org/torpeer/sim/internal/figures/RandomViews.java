package org.torpeer.sim.internal.figures;

import java.util.Arrays;
import org.torpeer.sim.internal.Selection;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/** Views of distinct others. */
final class RandomViews {
    private RandomViews() {}

    /** The successors of every member, each of which chooses them when its event comes. */
    static int[][] digraph(int members, int view, Selection selection, SeededRandom random) {
        EventWheel wheel = new EventWheel();
        for (int member = 0; member < members; member++) {
            wheel.add(random.nextLong(1_000_000_000), member);
        }
        int[][] successors = new int[members][];
        while (wheel.next()) {
            int member = (int) wheel.event();
            successors[member] = distinct(member, members, view, selection, random);
        }
        return successors;
    }

    static int[] distinct(int self, int members, int count, Selection selection, SeededRandom random) {
        int[] chosen = new int[count];
        int filled = 0;
        while (filled < count) {
            int candidate = selection.other(self, members, random);
            if (Arrays.stream(chosen, 0, filled).noneMatch(member -> member == candidate)) {
                chosen[filled++] = candidate;
            }
        }
        return chosen;
    }
}
