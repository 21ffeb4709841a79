package org.torpeer.sim;

/** Watches a run as it goes, on the thread that runs the simulation. */
@FunctionalInterface
public interface RunWatch {
    /** Lets every run go on to its end. */
    RunWatch PATIENT = sample -> true;

    /**
     * Called for every sample.
     *
     * @return whether to go on; otherwise the run ends here and keeps what it has
     */
    boolean goOn(Sample latest);

    /**
     * Called for what happens to nodes, in the order of time, as it happens or shortly after: must not throw.
     *
     * @param seconds simulated, since the start
     * @param node whom it happens to
     * @param event {@code started}, {@code crashed}, {@code wiped}, {@code learned}, {@code dialed}, {@code met}, {@code
     *     parted}; more may come
     * @param peer whom it has to do with, -1 if nobody in the simulation
     * @param detail the manner in which a dial ended, why a session did, or empty
     */
    default void happened(double seconds, int node, String event, int peer, String detail) {}
}
