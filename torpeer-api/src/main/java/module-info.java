import org.jspecify.annotations.NullMarked;

/** Values, the node's interface and the service provider interfaces of TorPeer; depends on the JDK alone. */
@NullMarked
module org.torpeer.api {
    requires static transitive org.jspecify;

    exports org.torpeer.api;
    exports org.torpeer.api.lookup;
    exports org.torpeer.api.runtime;
    exports org.torpeer.api.spi;
    exports org.torpeer.api.spi.pow;
    exports org.torpeer.api.spi.store;
    exports org.torpeer.api.spi.transport;

    uses org.torpeer.api.spi.pow.Miner;
    uses org.torpeer.api.spi.pow.PowAlgorithm;
    uses org.torpeer.api.spi.store.PeerStoreProvider;
    uses org.torpeer.api.spi.transport.TransportProvider;
}
