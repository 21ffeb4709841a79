package org.torpeer.sim;

/** Watches a run as it goes. */
@FunctionalInterface
public interface RunWatch {
    /** Lets every run go on to its end. */
    RunWatch PATIENT = sample -> true;

    /**
     * Called for every sample, by the thread that runs the simulation.
     *
     * @return whether to go on; otherwise the run ends here and keeps what it has
     */
    boolean goOn(Sample latest);
}
