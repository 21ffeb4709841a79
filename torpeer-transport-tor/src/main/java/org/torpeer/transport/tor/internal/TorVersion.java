package org.torpeer.transport.tor.internal;

import java.util.Arrays;

/** A version of tor, as 0.4.8.10. */
public record TorVersion(int first, int second, int third, int fourth) implements Comparable<TorVersion> {
    @Override
    public int compareTo(TorVersion other) {
        return Arrays.compare(numbers(), other.numbers());
    }

    @Override
    public String toString() {
        return first + "." + second + "." + third + "." + fourth;
    }

    private int[] numbers() {
        return new int[] {first, second, third, fourth};
    }
}
