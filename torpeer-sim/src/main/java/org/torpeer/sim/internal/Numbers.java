package org.torpeer.sim.internal;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A set of numbers below a bound, small as long as it holds few of them: a table of these then, and a bit for each number
 * that there is from when that is smaller. Its order is of no meaning.
 */
final class Numbers {
    private static final int SMALLEST = 8;
    private static final int FREE = -1;

    private final int bound;
    private int @Nullable [] table;
    private @Nullable BitSet bits;
    private int size;

    /**
     * @param bound greater than each number
     */
    Numbers(int bound) {
        this.bound = bound;
    }

    int size() {
        return size;
    }

    boolean contains(int number) {
        if (bits != null) {
            return bits.get(number);
        }
        int[] numbers = table;
        return numbers != null && numbers[slot(numbers, number)] == number;
    }

    /** Whether it was not in there. */
    boolean add(int number) {
        if (contains(number)) {
            return false;
        }
        size++;
        if (bits != null) {
            bits.set(number);
            return true;
        }
        int[] numbers = roomy();
        if (numbers != null) {
            numbers[slot(numbers, number)] = number;
        } else {
            toBits().set(number);
        }
        return true;
    }

    void clear() {
        table = null;
        bits = null;
        size = 0;
    }

    void forEach(IntConsumer each) {
        stream().forEach(each);
    }

    IntStream stream() {
        if (bits != null) {
            return bits.stream();
        }
        int[] numbers = table;
        return numbers == null ? IntStream.empty() : Arrays.stream(numbers).filter(number -> number != FREE);
    }

    /** The table with room for one more, or null if bits would take less. */
    private int @Nullable [] roomy() {
        int[] numbers = table;
        if (numbers != null && 4 * size <= 3 * numbers.length) {
            return numbers;
        }
        int length = numbers == null ? SMALLEST : 2 * numbers.length;
        if ((long) length * Integer.SIZE > bound) {
            return null;
        }
        int[] larger = new int[length];
        Arrays.fill(larger, FREE);
        stream().forEach(number -> larger[slot(larger, number)] = number);
        table = larger;
        return larger;
    }

    private BitSet toBits() {
        BitSet all = new BitSet(bound);
        stream().forEach(all::set);
        bits = all;
        table = null;
        return all;
    }

    /** Where the number is, or would be. */
    private static int slot(int[] numbers, int number) {
        int mask = numbers.length - 1;
        int slot = ((number * 0x9E3779B1) >>> 16) & mask;
        while (numbers[slot] != FREE && numbers[slot] != number) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }
}
