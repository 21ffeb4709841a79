package org.torpeer.sim.internal.crypto;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values by bytes that end in a signature, whose last word is hash enough. Safe for several threads, which seldom meet in
 * one of its tables.
 */
final class Known<V> {
    /** A power of two. */
    private static final int TABLES = 64;

    private final List<Table<V>> tables;

    /**
     * @param capacity beyond that it forgets, some at a time
     */
    Known(int capacity) {
        int each = Math.max(1, capacity / TABLES);
        tables = Stream.generate(() -> new Table<V>(each)).limit(TABLES).toList();
    }

    @Nullable
    V get(byte[] first, byte[] last) {
        long hash = hash(last);
        return table(hash).get(hash, first, last);
    }

    void put(byte[] first, byte[] last, V value) {
        long hash = hash(last);
        table(hash).put(hash, first, last, value);
    }

    private Table<V> table(long hash) {
        return tables.get((int) hash & (TABLES - 1));
    }

    private static long hash(byte[] last) {
        int at = last.length - Long.BYTES;
        return KeyedHash.mix(at < 0 ? last.length : (long) KeyedHash.LONGS.get(last, at));
    }

    /** Open addressing; when it is full it begins anew. */
    private static final class Table<V> {
        private static final int SMALLEST = 16;

        private final int capacity;
        private @Nullable Entry<V>[] entries = table(SMALLEST);
        private int size;

        /** Bytes in two parts, owned from now on, and what they stand for. */
        private record Entry<V>(byte[] first, byte[] last, V value) {
            boolean is(byte[] otherFirst, byte[] otherLast) {
                return Arrays.equals(last, otherLast) && Arrays.equals(first, otherFirst);
            }
        }

        Table(int capacity) {
            this.capacity = capacity;
        }

        synchronized @Nullable V get(long hash, byte[] first, byte[] last) {
            Entry<V> found = entries[slot(hash, first, last)];
            return found == null ? null : found.value();
        }

        synchronized void put(long hash, byte[] first, byte[] last, V value) {
            if (size == capacity) {
                Arrays.fill(entries, null);
                size = 0;
            } else if (2 * size >= entries.length) {
                grow();
            }
            int slot = slot(hash, first, last);
            size += entries[slot] == null ? 1 : 0;
            entries[slot] = new Entry<>(first, last, value);
        }

        /** Where the entry is, or would be. */
        private int slot(long hash, byte[] first, byte[] last) {
            int slot = (int) (hash >>> Integer.SIZE) & (entries.length - 1);
            for (Entry<V> there = entries[slot]; there != null && !there.is(first, last); there = entries[slot]) {
                slot = (slot + 1) & (entries.length - 1);
            }
            return slot;
        }

        private void grow() {
            @Nullable Entry<V>[] before = entries;
            entries = table(2 * before.length);
            for (Entry<V> entry : before) {
                if (entry != null) {
                    entries[slot(hash(entry.last()), entry.first(), entry.last())] = entry;
                }
            }
        }

        @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
        private static <V> @Nullable Entry<V>[] table(int length) {
            return new Entry[length];
        }
    }
}
