package org.torpeer.cli.node;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.HostDialer;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.http.PeerListClient;

/** Fetches peer lists the way the node's own transport goes, directly only if that reaches no hosts. */
final class PeerLists {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final PeerListClient client;
    private final HostDialer dialer;

    PeerLists(Transport transport, NodeRuntime runtime) {
        client = new PeerListClient(runtime);
        dialer = transport.hostDialer().orElseGet(client::direct);
    }

    /**
     * @throws org.torpeer.api.TorPeerException if there is no list to be had; the message says why
     */
    List<SignedPeerRecord> fetch(URI list) {
        return client.fetch(list, dialer, TIMEOUT);
    }
}
