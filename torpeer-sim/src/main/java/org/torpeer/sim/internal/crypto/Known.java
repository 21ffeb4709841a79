package org.torpeer.sim.internal.crypto;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Values by bytes that end in a signature, whose last word is hash enough. Open addressing; when it is full it begins
 * anew.
 */
final class Known<V> {
    private static final int SMALLEST = 1024;

    private final int capacity;
    private @Nullable Entry<V>[] entries = table(SMALLEST);
    private int size;

    /** Bytes in two parts, owned from now on, and what they stand for. */
    private record Entry<V>(byte[] first, byte[] last, V value) {
        boolean is(byte[] otherFirst, byte[] otherLast) {
            return Arrays.equals(last, otherLast) && Arrays.equals(first, otherFirst);
        }
    }

    Known(int capacity) {
        this.capacity = capacity;
    }

    @Nullable
    V get(byte[] first, byte[] last) {
        Entry<V> found = entries[slot(first, last)];
        return found == null ? null : found.value();
    }

    void put(byte[] first, byte[] last, V value) {
        if (size == capacity) {
            Arrays.fill(entries, null);
            size = 0;
        } else if (2 * size >= entries.length) {
            grow();
        }
        int slot = slot(first, last);
        size += entries[slot] == null ? 1 : 0;
        entries[slot] = new Entry<>(first, last, value);
    }

    /** Where the entry is, or would be. */
    private int slot(byte[] first, byte[] last) {
        int slot = home(last);
        for (Entry<V> there = entries[slot]; there != null && !there.is(first, last); there = entries[slot]) {
            slot = (slot + 1) & (entries.length - 1);
        }
        return slot;
    }

    private int home(byte[] last) {
        int at = last.length - Long.BYTES;
        long word = at < 0 ? last.length : (long) KeyedHash.LONGS.get(last, at);
        return (int) (KeyedHash.mix(word) >>> Integer.SIZE) & (entries.length - 1);
    }

    private void grow() {
        @Nullable Entry<V>[] before = entries;
        entries = table(2 * before.length);
        for (Entry<V> entry : before) {
            if (entry != null) {
                entries[slot(entry.first(), entry.last())] = entry;
            }
        }
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
    private static <V> @Nullable Entry<V>[] table(int length) {
        return new Entry[length];
    }
}
