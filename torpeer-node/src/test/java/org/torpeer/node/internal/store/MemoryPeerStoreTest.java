package org.torpeer.node.internal.store;

import org.torpeer.api.spi.store.PeerStoreProvider;
import org.torpeer.testkit.PeerStoreContract;

final class MemoryPeerStoreTest extends PeerStoreContract {
    @Override
    protected PeerStoreProvider provider() {
        return new MemoryPeerStoreProvider();
    }
}
