package org.torpeer.sim.run;

import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.internal.Machine;
import org.torpeer.sim.internal.figures.Newscast;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/**
 * What the event engine makes of a workload that other simulators are measured by: Newscast with views of 20 entries, one
 * exchange a member and cycle, messages that take 50 to 250 ms.
 *
 * @param events run
 * @param wallSeconds how long that took
 * @param heapBytes live at the end above what was before
 */
public record EngineLoad(int members, int cycles, long events, double wallSeconds, long heapBytes) {
    /** More would not fit into arrays, with their messages. */
    public static final int MAX_MEMBERS = 10_000_000;

    /**
     * Runs the workload; a million members take some hundred megabytes of heap.
     *
     * @throws InvalidInputException if there are less than 2 or more than {@value #MAX_MEMBERS} members, or no cycles
     */
    public static EngineLoad newscast(int members, int cycles, long seed) {
        if (members < 2 || members > MAX_MEMBERS || cycles < 1) {
            throw new InvalidInputException("the workload has 2 to " + MAX_MEMBERS
                    + " members and at least one cycle, not " + members + " and " + cycles);
        }
        Machine machine = new Machine();
        Newscast newscast = new Newscast(members, new SeededRandom(seed));
        long events = newscast.run(cycles);
        double seconds = machine.seconds();
        long heap = machine.heapGrowth();
        newscast.checkViews();
        return new EngineLoad(members, cycles, events, seconds, heap);
    }

    public double eventsPerSecond() {
        return events / wallSeconds;
    }
}
