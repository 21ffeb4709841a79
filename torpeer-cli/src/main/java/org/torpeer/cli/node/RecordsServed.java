package org.torpeer.cli.node;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.http.PeerListServer;

/** A router's peer list over HTTP, if it serves one: its own record, and those of peers it has dialed itself. */
final class RecordsServed implements AutoCloseable {
    private final @Nullable PeerListServer server;
    private volatile @Nullable Node node;

    private RecordsServed(@Nullable InetSocketAddress bind, NetworkId network, NodeRuntime runtime) {
        server = bind == null ? null : PeerListServer.start(bind, network, this::records, runtime.blocking());
    }

    /**
     * Serves an empty list until there is a node.
     *
     * @param bind null for serving nothing
     * @throws org.torpeer.api.TorPeerException if the address cannot be bound
     */
    static RecordsServed at(@Nullable InetSocketAddress bind, NetworkId network, NodeRuntime runtime) {
        return new RecordsServed(bind, network, runtime);
    }

    void from(Node started) {
        node = started;
    }

    /** The address bound, null if nothing is served. */
    @Nullable
    InetSocketAddress address() {
        return server == null ? null : server.address();
    }

    private List<SignedPeerRecord> records() {
        Node from = node;
        if (from == null) {
            return List.of();
        }
        List<SignedPeerRecord> records = new ArrayList<>();
        records.add(from.record());
        from.peers().stream().filter(KnownPeer::verified).map(KnownPeer::record).forEach(records::add);
        return records;
    }

    @Override
    public void close() {
        if (server != null) {
            server.close();
        }
    }
}
