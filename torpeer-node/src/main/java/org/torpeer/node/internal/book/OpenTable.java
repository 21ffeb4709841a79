package org.torpeer.node.internal.book;

/**
 * A set of small integers found by the hash of what they stand for, with linear probing and without tombstones. What
 * they stand for lives elsewhere; that is what keeps it at 5 to 11 bytes a value. Values are smaller than four times the
 * number of slots; the bits of a slot that this leaves hold as many of the hash, so that what stands in the way of a
 * search is seldom looked at.
 */
abstract class OpenTable {
    static final int FREE = 0;
    private static final int SMALLEST = 16;

    /** Value plus one below, bits of the hash above. */
    private int[] slots = new int[SMALLEST];

    private int values = valuesMask(SMALLEST);
    private int size;

    /** Of what the value stands for at the moment. */
    abstract int hashOf(int value);

    /** The slot at which to begin looking. */
    final int first(int hash) {
        return hash & (slots.length - 1);
    }

    final int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    final boolean isFree(int slot) {
        return slots[slot] == FREE;
    }

    /** Whether the value in the slot may stand for something of the hash. */
    final boolean mayBe(int slot, int hash) {
        return agrees(slots[slot], hash);
    }

    final int at(int slot) {
        return value(slots[slot]);
    }

    /** What is in a slot: {@link #FREE}, or a value and bits of its hash. */
    final int content(int slot) {
        return slots[slot];
    }

    final boolean agrees(int content, int hash) {
        return ((content ^ hash) & ~values) == 0;
    }

    final int value(int content) {
        return (content & values) - 1;
    }

    final void add(int value) {
        if (4L * (size + 1) > 3L * slots.length) {
            rehash(2 * slots.length);
        }
        size++;
        place(value);
    }

    /** The slot of a value that is in the table. */
    final int slotOf(int value) {
        int slot = first(hashOf(value));
        while (at(slot) != value) {
            if (isFree(slot)) {
                throw new IllegalStateException("not in the table: " + value);
            }
            slot = next(slot);
        }
        return slot;
    }

    /** Another value stands for the same from now on. */
    final void renumber(int slot, int value) {
        slots[slot] = (slots[slot] & ~values) | (value + 1);
    }

    final void remove(int value) {
        int hole = slotOf(value);
        size--;
        for (int slot = next(hole); !isFree(slot); slot = next(slot)) {
            int home = first(hashOf(at(slot)));
            boolean reachesHole = ((slot - home) & (slots.length - 1)) >= ((slot - hole) & (slots.length - 1));
            if (reachesHole) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = FREE;
        if (slots.length > SMALLEST && 8L * size < slots.length) {
            rehash(slots.length / 2);
        }
    }

    private void rehash(int length) {
        int[] old = slots;
        int oldValues = values;
        slots = new int[length];
        values = valuesMask(length);
        for (int kept : old) {
            if (kept != FREE) {
                place((kept & oldValues) - 1);
            }
        }
    }

    private void place(int value) {
        int hash = hashOf(value);
        int slot = first(hash);
        while (!isFree(slot)) {
            slot = next(slot);
        }
        slots[slot] = (hash & ~values) | (value + 1);
    }

    private static int valuesMask(int length) {
        return 4 * length - 1;
    }
}
