import org.jspecify.annotations.NullMarked;

/** Sweeps of simulations on a Hazelcast cluster; found by its name, {@code hazelcast}. */
@NullMarked
module org.torpeer.sim.hazelcast {
    requires org.torpeer.api;
    requires org.torpeer.sim;
    requires com.hazelcast.core;
    // What an automatic module needs of the JDK is not resolved unless somebody requires it.
    requires java.logging;
    requires java.management;
    requires java.naming;
    requires java.sql;
    requires java.xml;
    requires jdk.management;
    requires jdk.net;
    requires jdk.unsupported;
    requires static org.jspecify;

    provides org.torpeer.sim.spi.SweepEngine with
            org.torpeer.sim.hazelcast.HazelcastSweepEngine;
}
