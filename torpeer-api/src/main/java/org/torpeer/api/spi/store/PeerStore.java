package org.torpeer.api.spi.store;

import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;

/**
 * Keeps bytes by key in a few named tables; knows nothing of what they mean. The node decides what is kept, and bounds
 * how much.
 *
 * @implSpec Called by one thread at a time. After {@link #apply} has returned, the batch survives a crash of the process
 *     if the provider is persistent; a crash during the call leaves all of the batch or nothing of it.
 */
public interface PeerStore extends AutoCloseable {
    /** The tables. */
    enum Table {
        /** Peers, by their 32-byte key. */
        PEERS,
        /** The node's own state: sequence numbers, secrets. */
        STATE
    }

    /** Longest key in bytes. */
    int MAX_KEY_BYTES = 64;
    /** Longest value in bytes. */
    int MAX_VALUE_BYTES = 4096;

    /**
     * One change of a batch.
     *
     * @param key 1 to {@link #MAX_KEY_BYTES} bytes
     * @param value at most {@link #MAX_VALUE_BYTES} bytes; null removes the key
     */
    record Change(Table table, byte[] key, byte @Nullable [] value) {
        /**
         * @throws InvalidInputException if key or value is of another length
         */
        public Change(Table table, byte[] key, byte @Nullable [] value) {
            if (key.length == 0 || key.length > MAX_KEY_BYTES) {
                throw new InvalidInputException("a stored key has 1 to " + MAX_KEY_BYTES + " bytes, not " + key.length);
            }
            if (value != null && value.length > MAX_VALUE_BYTES) {
                throw new InvalidInputException(
                        "a stored value has at most " + MAX_VALUE_BYTES + " bytes, not " + value.length);
            }
            this.table = table;
            this.key = key;
            this.value = value;
        }
    }

    /** The value of a key, a copy, or null. */
    byte @Nullable [] get(Table table, byte[] key);

    /** Shows every entry of a table, each as copies, in no particular order. */
    void forEach(Table table, BiConsumer<byte[], byte[]> visitor);

    /**
     * Makes the changes in order, all or none.
     *
     * @throws PeerStoreException if they could not be made durable
     */
    void apply(List<Change> batch);

    /** Closes; further calls do nothing. */
    @Override
    void close();
}
