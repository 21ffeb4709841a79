package org.torpeer.node.internal.store;

import java.nio.file.Path;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreProvider;

/** Provider {@code memory}: touches no file. */
public final class MemoryPeerStoreProvider implements PeerStoreProvider {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public PeerStore open(Path folder) {
        return new MemoryPeerStore();
    }
}
