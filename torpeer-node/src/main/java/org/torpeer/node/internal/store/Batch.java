package org.torpeer.node.internal.store;

import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;

/** The limits of a batch, which are the same for every store. */
final class Batch {
    private Batch() {}

    /**
     * @throws InvalidInputException if a key or a value has a length it must not have
     */
    static void check(List<Change> batch) {
        for (Change change : batch) {
            int key = change.key().length;
            if (key == 0 || key > PeerStore.MAX_KEY_BYTES) {
                throw new InvalidInputException(
                        "a stored key has 1 to " + PeerStore.MAX_KEY_BYTES + " bytes, not " + key);
            }
            byte[] value = change.value();
            if (value != null && value.length > PeerStore.MAX_VALUE_BYTES) {
                throw new InvalidInputException(
                        "a stored value has at most " + PeerStore.MAX_VALUE_BYTES + " bytes, not " + value.length);
            }
        }
    }
}
