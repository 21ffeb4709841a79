package org.torpeer.sim.run;

import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.virtual.EventWheel;
import org.torpeer.transport.loopback.virtual.SeededRandom;

/**
 * The engine's queue of events alone, under the hold model of event queue comparisons: every event taken adds one, so that
 * as many stay pending. Not safe for several threads.
 */
public final class HoldLoad {
    /** The shortest delay, in nanoseconds. */
    public static final long LEAST = 50_000_000;
    /** The length of the range that delays are drawn from, evenly, in nanoseconds. */
    public static final long RANGE = 200_000_000;

    private final SeededRandom random;
    private final EventWheel wheel = new EventWheel();

    /**
     * @throws InvalidInputException if nothing is pending
     */
    public HoldLoad(int pending, long seed) {
        if (pending < 1) {
            throw new InvalidInputException("at least one event is pending, not " + pending);
        }
        random = new SeededRandom(seed);
        for (int event = 0; event < pending; event++) {
            wheel.add(delay(), event);
        }
    }

    /** Takes the next event and adds it again; returns it. */
    public long next() {
        wheel.next();
        long event = wheel.event();
        wheel.add(wheel.now() + delay(), event);
        return event;
    }

    private long delay() {
        return LEAST + (random.nextLong() >>> 1) % RANGE;
    }
}
