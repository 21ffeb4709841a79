import org.jspecify.annotations.NullMarked;
import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.node.internal.store.MemoryPeerStoreProvider;
import org.torpeer.node.internal.store.MvPeerStoreProvider;

/** The protocol itself: identity, handshake, sessions, peer exchange and the address book. */
@NullMarked
@SuppressWarnings("module") // Simulator and benchmarks are built after this module.
module org.torpeer.node {
    requires transitive org.torpeer.api;
    requires org.torpeer.proto;
    requires com.h2database.mvstore;
    requires dagger;
    requires jakarta.inject;
    requires org.slf4j;
    requires static java.compiler;
    requires static org.jspecify;

    exports org.torpeer.node;
    exports org.torpeer.node.identity;
    exports org.torpeer.node.internal to
            org.torpeer.sim;
    exports org.torpeer.node.internal.crypto to
            org.torpeer.sim;
    exports org.torpeer.node.internal.door to
            org.torpeer.cli;
    exports org.torpeer.node.internal.file to
            org.torpeer.cli;
    exports org.torpeer.node.internal.tally to
            org.torpeer.cli;
    exports org.torpeer.node.internal.table to
            org.torpeer.sim;
    exports org.torpeer.node.policy;
    exports org.torpeer.node.internal.book to
            org.torpeer.bench,
            org.torpeer.sim;

    provides PeerStoreProvider with
            MemoryPeerStoreProvider,
            MvPeerStoreProvider;
}
