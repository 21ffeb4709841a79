import org.jspecify.annotations.NullMarked;

/** An in-memory network for tests, simulations and first steps, in real or in virtual time. */
@NullMarked
module org.torpeer.transport.loopback {
    requires transitive org.torpeer.api;
    requires static org.jspecify;

    exports org.torpeer.transport.loopback;
    exports org.torpeer.transport.loopback.virtual;

    provides org.torpeer.api.spi.transport.TransportProvider with
            org.torpeer.transport.loopback.LoopbackTransportProvider;
}
