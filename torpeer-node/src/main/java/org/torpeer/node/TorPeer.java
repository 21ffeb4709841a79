package org.torpeer.node;

import org.torpeer.api.NetworkId;

/** Where to begin. */
public final class TorPeer {
    private TorPeer() {}

    /**
     * A builder of a node in the named network.
     *
     * @throws org.torpeer.api.InvalidInputException if the name is not one; see {@link NetworkId#of}
     */
    public static NodeBuilder node(String network) {
        return new NodeBuilder(NetworkId.of(network));
    }
}
