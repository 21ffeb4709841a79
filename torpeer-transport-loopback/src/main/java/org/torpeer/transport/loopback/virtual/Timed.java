package org.torpeer.transport.loopback.virtual;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Things in the order of their being added, and a time of each. */
final class Timed<T> {
    private static final int SOME = 64;

    private final List<T> things = new ArrayList<>(SOME);
    private long[] times = new long[SOME];

    int size() {
        return things.size();
    }

    long time(int index) {
        return times[index];
    }

    T thing(int index) {
        return things.get(index);
    }

    void add(long time, T thing) {
        int size = things.size();
        if (size == times.length) {
            times = Arrays.copyOf(times, 2 * size);
        }
        times[size] = time;
        things.add(thing);
    }

    void clear() {
        things.clear();
    }
}
