package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** What lies between two ends: how long each message is on its way. */
interface Line {
    /** How long something small is on its way that waits for nothing. */
    Duration oneWay();

    /**
     * How long a message is on its way that is sent now. One direction is asked by one thread at a time.
     *
     * @param outward whether it goes from the dialer to the acceptor
     */
    Duration transit(boolean outward, int bytes, long nanoTime);

    /** As the network's latency is at the time. */
    static Line steady(LoopbackNetwork network) {
        return new Line() {
            @Override
            public Duration oneWay() {
                return network.latency();
            }

            @Override
            public Duration transit(boolean outward, int bytes, long nanoTime) {
                return network.latency();
            }
        };
    }

    /** One drawn from a model. */
    static Line drawn(LinkModel model, RandomGenerator random) {
        return new Drawn(model.roundTrip().draw(random).dividedBy(2), model.bytesPerSecond());
    }

    /** A line whose messages queue up behind each other. */
    final class Drawn implements Line {
        private static final double NANOS = 1e9;

        private final Duration oneWay;
        private final double nanosPerByte;
        private final long[] busyUntil = {Long.MIN_VALUE, Long.MIN_VALUE};

        private Drawn(Duration oneWay, long bytesPerSecond) {
            this.oneWay = oneWay;
            this.nanosPerByte = NANOS / bytesPerSecond;
        }

        @Override
        public Duration oneWay() {
            return oneWay;
        }

        @Override
        public Duration transit(boolean outward, int bytes, long nanoTime) {
            int direction = outward ? 0 : 1;
            boolean idle = busyUntil[direction] == Long.MIN_VALUE || busyUntil[direction] - nanoTime < 0;
            long sent = (idle ? nanoTime : busyUntil[direction]) + (long) (bytes * nanosPerByte);
            busyUntil[direction] = sent;
            return oneWay.plusNanos(sent - nanoTime);
        }
    }
}
