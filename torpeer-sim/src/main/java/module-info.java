import org.jspecify.annotations.NullMarked;

/** Networks of real nodes in virtual time: scenarios, measurements, and figures that validate the engine. */
@NullMarked
module org.torpeer.sim {
    requires transitive org.torpeer.api;
    requires transitive org.torpeer.transport.loopback;
    requires org.torpeer.node;
    requires org.torpeer.proto;
    requires com.fasterxml.jackson.core;
    requires static org.jspecify;

    exports org.torpeer.sim;
    exports org.torpeer.sim.run;
}
