package org.torpeer.api.runtime;

import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * The world a node runs in: time, randomness, and where its work is done. One runtime belongs to one node and closes
 * with it.
 */
public interface NodeRuntime extends AutoCloseable {
    /** The wall clock, for what is signed and compared between machines. Never used to measure a duration. */
    InstantSource clock();

    /** The node's own loop: all its state is touched there only. */
    EventLoop loop();

    /** Unpredictable in the real world, a stream derived from the seed in a simulated one. Safe for several threads. */
    RandomGenerator random();

    /** For work that takes more than some tens of microseconds, such as proofs and signatures. */
    Executor offload();

    /** For blocking input and output; virtual threads where the JDK has them. Daemon threads. */
    ThreadFactory blocking();

    /** Ends the loop and the threads behind it; tasks not begun are dropped. */
    @Override
    void close();

    /**
     * A runtime of the real world.
     *
     * @param name goes into thread names
     */
    static NodeRuntime system(String name) {
        return new SystemRuntime(name);
    }
}
