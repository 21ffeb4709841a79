package org.torpeer.node.internal.book;

import java.util.Arrays;

/**
 * A set of small integers found by the hash of what they stand for, with linear probing and without tombstones. What
 * they stand for lives elsewhere; that is what keeps it at 5 to 11 bytes a value.
 */
abstract class OpenTable {
    private static final int SMALLEST = 16;

    /** Values plus one; 0 is free. */
    private int[] slots = new int[SMALLEST];

    private int size;

    /** Of what the value stands for at the moment. */
    abstract int hashOf(int value);

    final int first(int hash) {
        return hash & (slots.length - 1);
    }

    final int next(int slot) {
        return (slot + 1) & (slots.length - 1);
    }

    /** The value in a slot, or -1. */
    final int at(int slot) {
        return slots[slot] - 1;
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
        while (slots[slot] != value + 1) {
            if (slots[slot] == 0) {
                throw new IllegalStateException("not in the table: " + value);
            }
            slot = next(slot);
        }
        return slot;
    }

    /** Another value stands for the same from now on. */
    final void renumber(int slot, int value) {
        slots[slot] = value + 1;
    }

    final void remove(int value) {
        int hole = slotOf(value);
        size--;
        for (int slot = next(hole); slots[slot] != 0; slot = next(slot)) {
            int home = first(hashOf(slots[slot] - 1));
            boolean reachesHole = ((slot - home) & (slots.length - 1)) >= ((slot - hole) & (slots.length - 1));
            if (reachesHole) {
                slots[hole] = slots[slot];
                hole = slot;
            }
        }
        slots[hole] = 0;
        if (slots.length > SMALLEST && 8L * size < slots.length) {
            rehash(slots.length / 2);
        }
    }

    private void rehash(int length) {
        int[] old = slots;
        slots = new int[length];
        Arrays.stream(old).filter(kept -> kept != 0).forEach(kept -> place(kept - 1));
    }

    private void place(int value) {
        int slot = first(hashOf(value));
        while (slots[slot] != 0) {
            slot = next(slot);
        }
        slots[slot] = value + 1;
    }
}
