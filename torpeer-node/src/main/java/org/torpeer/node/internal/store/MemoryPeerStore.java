package org.torpeer.node.internal.store;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreException;

/** Forgets everything when it is closed. */
final class MemoryPeerStore implements PeerStore {
    private final Map<Table, Map<byte[], byte[]>> tables = new EnumMap<>(Table.class);
    private boolean closed;

    MemoryPeerStore() {
        for (Table table : Table.values()) {
            tables.put(table, new TreeMap<>(Arrays::compareUnsigned));
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        byte[] value = entries(table).get(key);
        return value == null ? null : value.clone();
    }

    @Override
    public void forEach(Table table, BiConsumer<byte[], byte[]> visitor) {
        entries(table).forEach((key, value) -> visitor.accept(key.clone(), value.clone()));
    }

    @Override
    public void apply(List<Change> batch) {
        for (Change change : batch) {
            Map<byte[], byte[]> entries = entries(change.table());
            byte[] value = change.value();
            if (value == null) {
                entries.remove(change.key());
            } else {
                entries.put(change.key().clone(), value.clone());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        tables.values().forEach(Map::clear);
    }

    private Map<byte[], byte[]> entries(Table table) {
        if (closed) {
            throw new PeerStoreException("the peer store is closed", null);
        }
        return tables.getOrDefault(table, Map.of());
    }
}
