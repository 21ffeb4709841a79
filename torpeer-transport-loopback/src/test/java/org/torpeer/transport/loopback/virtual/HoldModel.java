package org.torpeer.transport.loopback.virtual;

import java.util.PriorityQueue;
import org.torpeer.api.runtime.Driver;

/**
 * The hold model of event queue comparisons: every event taken adds one, so that the number pending stays. Delays are
 * uniform from 50 to 250 ms.
 */
@Driver("measures real time")
final class HoldModel {
    private static final long LEAST = 50_000_000;
    private static final long RANGE = 200_000_000;

    private record Pending(long time, long sequence) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
        }
    }

    private HoldModel() {}

    /** Events a second. */
    static double wheel(int pending, int events, long seed) {
        SeededRandom random = new SeededRandom(seed);
        EventWheel wheel = new EventWheel();
        for (int i = 0; i < pending; i++) {
            wheel.add(delay(random), i);
        }
        for (int i = 0; i < pending; i++) {
            wheel.next();
            wheel.add(wheel.now() + delay(random), wheel.event());
        }
        long start = System.nanoTime();
        for (int i = 0; i < events; i++) {
            wheel.next();
            wheel.add(wheel.now() + delay(random), wheel.event());
        }
        return events * 1e9 / (System.nanoTime() - start);
    }

    /** Events a second. */
    static double priorityQueue(int pending, int events, long seed) {
        SeededRandom random = new SeededRandom(seed);
        PriorityQueue<Pending> queue = new PriorityQueue<>();
        long sequence = 0;
        while (sequence < pending) {
            queue.add(new Pending(delay(random), sequence++));
        }
        long start = System.nanoTime();
        for (int i = 0; i < events; i++) {
            long now = queue.remove().time();
            queue.add(new Pending(now + delay(random), sequence++));
        }
        return events * 1e9 / (System.nanoTime() - start);
    }

    private static long delay(SeededRandom random) {
        return LEAST + ((random.nextLong() >>> 1) % RANGE);
    }
}
