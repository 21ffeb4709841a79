package org.torpeer.sim.internal.figures;

import java.util.BitSet;
import org.torpeer.sim.internal.Selection;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/** Push rumour spreading: in every round each member that knows tells one other. */
final class Rumour {
    private static final long ROUND = 1_000_000_000;

    private final int members;
    private final Selection selection;
    private final SeededRandom random;
    private final EventWheel wheel = new EventWheel();
    private final BitSet knowing = new BitSet();

    Rumour(int members, Selection selection, SeededRandom random) {
        this.members = members;
        this.selection = selection;
        this.random = random;
    }

    /** How many rounds it takes until all know what the first member knew. */
    int rounds() {
        knowing.set(0);
        wheel.add(ROUND, 0);
        int count = 1;
        while (count < members && wheel.next()) {
            int teller = (int) wheel.event();
            int told = selection.other(teller, members, random);
            if (!knowing.get(told)) {
                knowing.set(told);
                count++;
                wheel.add(wheel.now() + ROUND, told);
            }
            wheel.add(wheel.now() + ROUND, teller);
        }
        return Math.toIntExact(wheel.now() / ROUND);
    }
}
