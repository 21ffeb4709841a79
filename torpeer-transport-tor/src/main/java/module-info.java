import org.jspecify.annotations.NullMarked;
import org.torpeer.api.spi.transport.TransportProvider;
import org.torpeer.transport.tor.internal.TorTransportProvider;

/** Connections over Tor v3 onion services, and a private Tor network for development and tests. */
@NullMarked
module org.torpeer.transport.tor {
    requires transitive org.torpeer.api;
    requires jtorctl;
    requires org.slf4j;
    requires static org.jspecify;

    exports org.torpeer.transport.tor;

    provides TransportProvider with
            TorTransportProvider;
}
