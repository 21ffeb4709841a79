package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What lies between two ends. */
interface Line {
    /** How long something small is on its way that waits for nothing. */
    Duration oneWay();

    /** How long an end is busy with sending so much, in nanoseconds. */
    long nanosToSend(int bytes);

    /** As {@link Duration#dividedBy}, which takes a hundred times as long. */
    static Duration half(Duration whole) {
        return Duration.ofNanos(whole.toNanos() / 2);
    }

    /** As the network's latency is at the time. */
    static Line steady(LoopbackNetwork network) {
        return new Steady(network);
    }

    /** One drawn from a model. */
    static Line drawn(LinkModel model, RandomGenerator random) {
        return new Drawn(half(model.roundTrip().draw(random)).toNanos(), 1e9 / model.bytesPerSecond());
    }

    /** A line of no limits. */
    record Steady(LoopbackNetwork network) implements Line {
        @Override
        public Duration oneWay() {
            return network.latency();
        }

        @Override
        public long nanosToSend(int bytes) {
            return 0;
        }
    }

    /** A line that stays as it is. */
    record Drawn(long nanos, double nanosPerByte) implements Line {
        @Override
        public Duration oneWay() {
            return Duration.ofNanos(nanos);
        }

        @Override
        public long nanosToSend(int bytes) {
            return (long) (bytes * nanosPerByte);
        }
    }
}
