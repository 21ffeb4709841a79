package org.torpeer.sim.internal.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Values by 128 bits of hash, with open addressing; when it is full it begins anew. */
final class Known<V> {
    private static final int SMALLEST = 1024;

    private final int capacity;
    private long[] hashes = new long[2 * SMALLEST];
    private @Nullable Object[] values = new Object[SMALLEST];
    private int size;

    Known(int capacity) {
        this.capacity = capacity;
    }

    @SuppressWarnings("unchecked") // Only values of that type are put in.
    @Nullable
    V get(long one, long other) {
        int slot = slot(one, other);
        return (V) values[slot];
    }

    void put(long one, long other, V value) {
        if (size == capacity) {
            Arrays.fill(values, null);
            size = 0;
        } else if (2 * size >= values.length) {
            grow();
        }
        int slot = slot(one, other);
        if (values[slot] == null) {
            size++;
        }
        hashes[2 * slot] = one;
        hashes[2 * slot + 1] = other;
        values[slot] = value;
    }

    /** Where the value is, or would be. */
    private int slot(long one, long other) {
        int slot = (int) one & (values.length - 1);
        while (values[slot] != null && !(hashes[2 * slot] == one && hashes[2 * slot + 1] == other)) {
            slot = (slot + 1) & (values.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldHashes = hashes;
        @Nullable Object[] oldValues = values;
        hashes = new long[2 * oldHashes.length];
        values = new Object[2 * oldValues.length];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldHashes[2 * i], oldHashes[2 * i + 1]);
                hashes[2 * slot] = oldHashes[2 * i];
                hashes[2 * slot + 1] = oldHashes[2 * i + 1];
                values[slot] = oldValues[i];
            }
        }
    }
}
