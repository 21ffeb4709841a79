package org.torpeer.bench;

import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.torpeer.sim.run.HoldLoad;

/**
 * The queue of simulated events and, as anchor, the platform's, under the hold model: every event taken adds one, 50 to
 * 250 ms later, so that as many stay pending. Millions of events a second are operations a microsecond.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventWheelBenchmark {
    private static final int PENDING = 1_000_000;
    private static final long SEED = 1;

    private record Pending(long time, long event) implements Comparable<Pending> {
        @Override
        public int compareTo(Pending other) {
            return Long.compare(time, other.time);
        }
    }

    /** A million events in the wheel. */
    @State(Scope.Thread)
    public static class Wheel {
        private final HoldLoad load = new HoldLoad(PENDING, SEED);
    }

    /** A million events in the platform's queue. */
    @State(Scope.Thread)
    public static class Queue {
        private final SplittableRandom random = new SplittableRandom(SEED);
        private final PriorityQueue<Pending> pending = new PriorityQueue<>();

        @Setup
        public void fill() {
            for (int event = 0; event < PENDING; event++) {
                pending.add(new Pending(delay(), event));
            }
        }

        private long delay() {
            return HoldLoad.LEAST + (random.nextLong() >>> 1) % HoldLoad.RANGE;
        }
    }

    @Benchmark
    public long wheel(Wheel wheel) {
        return wheel.load.next();
    }

    @Benchmark
    public long anchorPriorityQueue(Queue queue) {
        Pending taken = queue.pending.remove();
        queue.pending.add(new Pending(taken.time() + queue.delay(), taken.event()));
        return taken.event();
    }
}
