package org.torpeer.sim.spi;

import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunWatch;

/** Who follows a sweep; called by threads of the engine, by several at the same time. */
public interface SweepWatch {
    /** A run begins in this process; what is given here watches it. */
    RunWatch begins(RunPlan plan);

    /**
     * A run came to its own end.
     *
     * @param runJson as {@link org.torpeer.sim.RunJson} writes it; from elsewhere, hence not to be trusted
     */
    void ended(RunPlan plan, String runJson);

    /** Something happened that whoever started the sweep wants to know: one line. */
    void tell(String news);

    /** Whether no more runs are to begin, and those under way to be broken off; asked again and again. */
    boolean cancelled();
}
