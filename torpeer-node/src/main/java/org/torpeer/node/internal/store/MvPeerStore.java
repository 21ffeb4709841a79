package org.torpeer.node.internal.store;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiConsumer;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStoreException;

/** A log-structured file of H2's MVStore; each batch is one commit, forced to the disk. */
final class MvPeerStore implements PeerStore {
    private final MVStore store;
    private final Map<Table, Map<byte[], byte[]>> tables = new EnumMap<>(Table.class);

    private MvPeerStore(MVStore store) {
        this.store = store;
        MVMap.Builder<byte[], byte[]> map = new MVMap.Builder<byte[], byte[]>()
                .keyType(new BytesType(MAX_KEY_BYTES))
                .valueType(new BytesType(MAX_VALUE_BYTES));
        for (Table table : Table.values()) {
            tables.put(table, store.openMap(table.name().toLowerCase(Locale.ROOT), map));
        }
    }

    /**
     * Opens the file and reads all of it once, so that damage shows now and not in the middle of the node's life.
     *
     * @throws RuntimeException of any kind if it is damaged or cannot be opened; the file is not held open then
     */
    static MvPeerStore open(Path file) {
        MVStore store = new MVStore.Builder()
                .fileName(file.toAbsolutePath().toString())
                .autoCommitDisabled()
                .open();
        try {
            MvPeerStore opened = new MvPeerStore(store);
            for (Table table : Table.values()) {
                opened.entries(table).forEach((key, value) -> {});
            }
            return opened;
        } catch (RuntimeException e) {
            store.closeImmediately();
            throw e;
        }
    }

    /** Puts all entries into an empty file, as one batch. */
    void copyTo(Path file) {
        try (MvPeerStore copy = open(file)) {
            for (Table table : Table.values()) {
                copy.entries(table).putAll(entries(table));
            }
            copy.commit();
        }
    }

    @Override
    public byte @Nullable [] get(Table table, byte[] key) {
        try {
            byte[] value = entries(table).get(key);
            return value == null ? null : value.clone();
        } catch (MVStoreException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void forEach(Table table, BiConsumer<byte[], byte[]> visitor) {
        try {
            entries(table).forEach((key, value) -> visitor.accept(key.clone(), value.clone()));
        } catch (MVStoreException e) {
            throw failed("read", e);
        }
    }

    @Override
    public void apply(List<Change> batch) {
        try {
            batch.forEach(this::put);
            commit();
        } catch (MVStoreException e) {
            throw failed("written", e);
        }
    }

    @Override
    public void close() {
        if (store.isClosed()) {
            return;
        }
        try {
            store.close();
        } catch (MVStoreException e) {
            store.closeImmediately();
            throw failed("closed", e);
        }
    }

    private void commit() {
        store.commit();
        store.sync();
    }

    private void put(Change change) {
        byte[] value = change.value();
        if (value == null) {
            entries(change.table()).remove(change.key());
        } else {
            entries(change.table()).put(change.key().clone(), value.clone());
        }
    }

    private Map<byte[], byte[]> entries(Table table) {
        if (store.isClosed()) {
            throw new PeerStoreException("the peer store is closed", store.getPanicException());
        }
        return tables.getOrDefault(table, Map.of());
    }

    private static PeerStoreException failed(String what, MVStoreException cause) {
        return new PeerStoreException("the peer store cannot be " + what + ": " + cause.getMessage(), cause);
    }
}
