package org.torpeer.sim.internal.figures;

import org.torpeer.sim.internal.Selection;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/** SWIM's failure detector: in every period each member probes one other; the last member has failed. */
final class FailureDetection {
    private static final long PERIOD = 1_000_000_000;

    private final int members;
    private final Selection selection;
    private final SeededRandom random;
    private final EventWheel wheel = new EventWheel();

    FailureDetection(int members, Selection selection, SeededRandom random) {
        this.members = members;
        this.selection = selection;
        this.random = random;
    }

    /** In which period the failed member is first probed. */
    int periods() {
        int failed = members - 1;
        for (int member = 0; member < failed; member++) {
            wheel.add(PERIOD + random.nextLong(PERIOD), member);
        }
        while (wheel.next()) {
            int prober = (int) wheel.event();
            if (selection.other(prober, members, random) == failed) {
                return Math.toIntExact(wheel.now() / PERIOD);
            }
            wheel.add(wheel.now() + PERIOD, prober);
        }
        throw new IllegalStateException("nobody probes");
    }
}
