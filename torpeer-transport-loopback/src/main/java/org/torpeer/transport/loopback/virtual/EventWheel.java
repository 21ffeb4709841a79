package org.torpeer.transport.loopback.virtual;

import java.util.Arrays;
import org.torpeer.api.InvalidInputException;

/**
 * A queue of future events, each a time in nanoseconds and 64 bits that mean something to the caller. Events come out by
 * time, those of equal time in the order they were added. Adding and taking cost the same however many are pending: times
 * are hashed into a hierarchy of wheels (Varghese and Lauck, "Hashed and hierarchical timing wheels", 1987) of 1,024
 * slots each; the finest slots are sorted, stably, when their turn comes. How much time these span is nothing to the order.
 * Not safe for several threads.
 */
public final class EventWheel {
    private static final int DIGIT_BITS = 10;
    private static final int SLOTS = 1 << DIGIT_BITS;
    /** 1,024 ns. */
    private static final int DENSE_BITS = 10;

    private static final int FIRST_CAPACITY = 16;
    /** A slot's array longer than this is not kept for the next turn. */
    private static final int KEPT_CAPACITY = 512;
    /** So many longs or fewer are sorted by insertion. */
    private static final int SHORT = 64;

    private static final long[] EMPTY = {};

    /** Times and events in turns, in the order they were added. */
    private final long[][][] slots;

    private final int[][] lengths;
    private final long[][] occupied;
    private final int levels;
    private final int tickBits;

    /** The tick up to which everything has been taken out of the wheels. */
    private long cursor;

    /** The events of the cursor's tick, sorted from {@link #position} on. */
    private long[] current = EMPTY;

    private int position;
    private int length;

    /** Events added for the present, behind all of {@link #current} of that time: a ring. */
    private long[] present = new long[FIRST_CAPACITY];

    private int presentHead;
    private int presentCount;

    private long[] scratch = EMPTY;
    private long now;
    private long event;
    private long size;

    /** For millions of events a second. */
    public EventWheel() {
        this(DENSE_BITS);
    }

    /**
     * @param tickBits the finest slots span two to the power of so many nanoseconds: best as long as it takes a few events to come
     */
    EventWheel(int tickBits) {
        this.tickBits = tickBits;
        this.levels = (Long.SIZE - 1 - tickBits + DIGIT_BITS - 1) / DIGIT_BITS;
        this.slots = new long[levels][SLOTS][];
        this.lengths = new int[levels][SLOTS];
        this.occupied = new long[levels][SLOTS / Long.SIZE];
    }

    /** The time of the event taken last, or the limit that none was found below. */
    public long now() {
        return now;
    }

    /** The event taken last. */
    public long event() {
        return event;
    }

    /** A time before which no event comes: the next one's, or a little earlier; the latest there is if none is pending. */
    long earliest() {
        if (presentCount > 0) {
            return now;
        }
        if (position < length) {
            return current[position];
        }
        for (int level = 0; level < levels; level++) {
            int slot = nextOccupied(level, digit(cursor, level) + 1);
            if (slot < SLOTS) {
                return start(level, slot) << tickBits;
            }
        }
        return Long.MAX_VALUE;
    }

    /** The first tick of a slot that is still to come. */
    private long start(int level, int slot) {
        int shift = level * DIGIT_BITS;
        return ((cursor >>> shift & -SLOTS) | slot) << shift;
    }

    /** How many are pending. */
    public long size() {
        return size;
    }

    /**
     * Adds an event.
     *
     * @param time not before {@link #now}
     * @throws InvalidInputException if it is
     */
    public void add(long time, long what) {
        if (time < now) {
            throw new InvalidInputException("an event cannot be at " + time + " ns, it is " + now + " ns already");
        }
        size++;
        if (time == now) {
            addPresent(what);
        } else {
            place(time, what);
        }
    }

    /** Takes the next event, if there is one, and moves to its time. */
    public boolean next() {
        return take(Long.MAX_VALUE);
    }

    /**
     * Takes the next event if its time is not after the limit; otherwise moves to the limit.
     *
     * @throws InvalidInputException if the limit is before {@link #now}
     */
    public boolean nextUntil(long limit) {
        if (limit < now) {
            throw new InvalidInputException("time does not go back from " + now + " to " + limit + " ns");
        }
        if (take(limit)) {
            return true;
        }
        now = limit;
        return false;
    }

    private boolean take(long limit) {
        do {
            if (position < length && (presentCount == 0 || current[position] == now)) {
                return takeCurrent(limit);
            }
            if (presentCount > 0) {
                event = present[presentHead];
                presentHead = (presentHead + 1) & (present.length - 1);
                presentCount--;
                size--;
                return true;
            }
        } while (turn(limit));
        return false;
    }

    private boolean takeCurrent(long limit) {
        if (current[position] > limit) {
            return false;
        }
        now = current[position];
        event = current[position + 1];
        position += 2;
        size--;
        return true;
    }

    private void addPresent(long what) {
        if (presentCount == present.length) {
            long[] larger = new long[present.length * 2];
            for (int i = 0; i < presentCount; i++) {
                larger[i] = present[(presentHead + i) & (present.length - 1)];
            }
            present = larger;
            presentHead = 0;
        }
        present[(presentHead + presentCount) & (present.length - 1)] = what;
        presentCount++;
    }

    private void place(long time, long what) {
        long tick = time >>> tickBits;
        long differing = tick ^ cursor;
        if (differing == 0) {
            insert(time, what);
            return;
        }
        int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
        append(level, digit(tick, level), time, what);
    }

    private void append(int level, int slot, long time, long what) {
        long[] held = slots[level][slot];
        int at = lengths[level][slot];
        if (held == null) {
            held = new long[FIRST_CAPACITY];
            slots[level][slot] = held;
        } else if (at == held.length) {
            held = Arrays.copyOf(held, at * 2);
            slots[level][slot] = held;
        }
        held[at] = time;
        held[at + 1] = what;
        lengths[level][slot] = at + 2;
        occupied[level][slot >>> 6] |= 1L << slot;
    }

    /** Into the sorted rest of the current tick, behind those of equal time. */
    private void insert(long time, long what) {
        ensureCurrent(length + 2);
        int at = length;
        while (at > position && current[at - 2] > time) {
            current[at] = current[at - 2];
            current[at + 1] = current[at - 1];
            at -= 2;
        }
        current[at] = time;
        current[at + 1] = what;
        length += 2;
    }

    private void ensureCurrent(int capacity) {
        if (capacity > current.length) {
            current = Arrays.copyOf(current, Math.max(FIRST_CAPACITY, current.length * 2));
        }
    }

    /** Moves the cursor to the next occupied slot that begins no later than the limit; whether there was one. */
    private boolean turn(long limit) {
        for (int level = 0; level < levels; level++) {
            int slot = nextOccupied(level, digit(cursor, level) + 1);
            if (slot < SLOTS) {
                long start = start(level, slot);
                if (start > limit >>> tickBits) {
                    return false;
                }
                cursor = start;
                position = 0;
                length = 0;
                empty(level, slot);
                return true;
            }
        }
        return false;
    }

    private int nextOccupied(int level, int from) {
        long[] bits = occupied[level];
        int word = from >>> 6;
        if (word >= bits.length) {
            return SLOTS;
        }
        long left = bits[word] & (-1L << from);
        while (left == 0) {
            if (++word == bits.length) {
                return SLOTS;
            }
            left = bits[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(left);
    }

    /** Moves a slot's events to where they belong now that the cursor stands at its beginning. */
    private void empty(int level, int slot) {
        long[] held = slots[level][slot];
        int count = lengths[level][slot];
        lengths[level][slot] = 0;
        occupied[level][slot >>> 6] &= ~(1L << slot);
        if (level == 0) {
            slots[0][slot] = current.length <= KEPT_CAPACITY && current.length > 0 ? current : null;
            current = held;
            length = count;
        } else {
            slots[level][slot] = held.length <= KEPT_CAPACITY ? held : null;
            scatter(held, count);
        }
        sort();
    }

    private void scatter(long[] held, int count) {
        for (int i = 0; i < count; i += 2) {
            long tick = held[i] >>> tickBits;
            long differing = tick ^ cursor;
            if (differing == 0) {
                ensureCurrent(length + 2);
                current[length] = held[i];
                current[length + 1] = held[i + 1];
                length += 2;
            } else {
                int level = (Long.SIZE - 1 - Long.numberOfLeadingZeros(differing)) / DIGIT_BITS;
                append(level, digit(tick, level), held[i], held[i + 1]);
            }
        }
    }

    private static int digit(long tick, int level) {
        return (int) (tick >>> (level * DIGIT_BITS)) & (SLOTS - 1);
    }

    private void sort() {
        if (length <= SHORT) {
            insertionSort(0, length);
            return;
        }
        for (int from = 0; from < length; from += SHORT) {
            insertionSort(from, Math.min(from + SHORT, length));
        }
        if (scratch.length < length) {
            scratch = new long[current.length];
        }
        for (int run = SHORT; run < length; run *= 2) {
            for (int from = 0; from + run < length; from += 2 * run) {
                merge(from, from + run, Math.min(from + 2 * run, length));
            }
        }
        if (scratch.length > KEPT_CAPACITY * SHORT) {
            scratch = EMPTY;
        }
    }

    private void insertionSort(int from, int to) {
        for (int i = from + 2; i < to; i += 2) {
            long time = current[i];
            long what = current[i + 1];
            int at = i;
            while (at > from && current[at - 2] > time) {
                current[at] = current[at - 2];
                current[at + 1] = current[at - 1];
                at -= 2;
            }
            current[at] = time;
            current[at + 1] = what;
        }
    }

    /** Merges two sorted neighbours; of equal times the left one's come first. */
    private void merge(int from, int middle, int to) {
        if (current[middle - 2] <= current[middle]) {
            return;
        }
        System.arraycopy(current, from, scratch, from, middle - from);
        int left = from;
        int right = middle;
        int at = from;
        while (left < middle) {
            boolean takeRight = right < to && current[right] < scratch[left];
            long[] source = takeRight ? current : scratch;
            int index = takeRight ? right : left;
            current[at] = source[index];
            current[at + 1] = source[index + 1];
            at += 2;
            if (takeRight) {
                right += 2;
            } else {
                left += 2;
            }
        }
    }
}
