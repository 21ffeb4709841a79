package org.torpeer.sim.internal;

import org.torpeer.transport.loopback.virtual.SeededRandom;

/** How a member of a group chooses another one. */
@FunctionalInterface
public interface Selection {
    /** Every other member alike. */
    Selection UNIFORM = (self, members, random) -> {
        int other = random.nextInt(members - 1);
        return other < self ? other : other + 1;
    };

    /** A number from 0 up to {@code members}, other than {@code self}. */
    int other(int self, int members, SeededRandom random);
}
