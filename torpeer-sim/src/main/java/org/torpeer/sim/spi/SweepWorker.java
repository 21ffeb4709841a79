package org.torpeer.sim.spi;

import java.net.InetSocketAddress;

/** A process that runs what sweeps give it. */
public interface SweepWorker extends AutoCloseable {
    /** Where it is reached. */
    InetSocketAddress address();

    /** How many runs it does at the same time. */
    int cores();

    /** Leaves; what it is running is broken off, and run again elsewhere. */
    @Override
    void close();
}
