package org.torpeer.node.identity;

import org.torpeer.api.NetworkId;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;

/**
 * Who a node is: its onion key and the proof of work bound to that key and to one network.
 */
public record Identity(OnionKey key, NetworkId network, Proof proof) {
    public PeerId id() {
        return key.id();
    }
}
