package org.torpeer.node.internal.table;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.node.internal.VirtualNodes;

/** A store in memory that can still be read when it is closed, and counts what is written to it then. */
public final class ClosedStore implements PeerStore {
    private final PeerStore kept = VirtualNodes.memory();
    private boolean closed;
    private int writtenLate;

    /** How many writes came after it was closed. */
    public int writtenLate() {
        return writtenLate;
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        return kept.get(table, key);
    }

    @Override
    public void forEach(Table table, BiConsumer<byte[], byte[]> visitor) {
        kept.forEach(table, visitor);
    }

    @Override
    public void apply(List<Change> batch) {
        writtenLate += closed ? 1 : 0;
        kept.apply(batch);
    }

    @Override
    public void close() {
        closed = true;
    }
}
