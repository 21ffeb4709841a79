import org.jspecify.annotations.NullMarked;

/** Networks of real nodes in virtual time: scenarios, measurements, reports, and figures that validate the engine. */
@NullMarked
@SuppressWarnings("module") // the program is built after this module
module org.torpeer.sim {
    requires transitive org.torpeer.api;
    requires transitive org.torpeer.transport.loopback;
    requires org.torpeer.node;
    requires org.torpeer.proto;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports org.torpeer.sim;
    exports org.torpeer.sim.report;
    exports org.torpeer.sim.run;
    exports org.torpeer.sim.spi;
    exports org.torpeer.sim.internal.plot to
            org.torpeer.cli;

    uses org.torpeer.sim.spi.SweepEngine;

    provides org.torpeer.sim.spi.SweepEngine with
            org.torpeer.sim.internal.sweep.LocalSweepEngine;
}
