package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;

/** A distribution of delays. */
public sealed interface Latency {
    /** One delay, not negative. */
    Duration draw(RandomGenerator random);

    /** No delay is shorter. */
    Duration least();

    /** Always the same. */
    static Latency fixed(Duration each) {
        return new Fixed(each);
    }

    /** Uniform from {@code least} to {@code most}. */
    static Latency uniform(Duration least, Duration most) {
        return new Uniform(least, most);
    }

    /** Lognormal, given by its median and its 99th percentile. */
    static Latency lognormal(Duration median, Duration p99) {
        return new Lognormal(median, p99);
    }

    /** Always the same. */
    record Fixed(Duration each) implements Latency {
        public Fixed {
            if (each.isNegative()) {
                throw new InvalidInputException("a latency is not negative: " + each);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            return each;
        }

        @Override
        public Duration least() {
            return each;
        }
    }

    /** Anything in a range alike. */
    record Uniform(Duration least, Duration most) implements Latency {
        public Uniform {
            if (least.isNegative() || least.compareTo(most) >= 0) {
                throw new InvalidInputException(
                        "a latency is drawn from 0 or more up, not from " + least + " to " + most);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            return Duration.ofNanos(random.nextLong(least.toNanos(), most.toNanos()));
        }
    }

    /** Mostly near the median, now and then many times that. */
    record Lognormal(Duration median, Duration p99) implements Latency {
        /** The 99th percentile of the standard normal distribution. */
        private static final double Z99 = 2.3263478740408408;

        public Lognormal {
            if (median.isNegative() || median.isZero() || median.compareTo(p99) >= 0) {
                throw new InvalidInputException(
                        "a lognormal latency has a positive median below its p99, not " + median + " and " + p99);
            }
        }

        @Override
        public Duration draw(RandomGenerator random) {
            double middle = median.toNanos();
            double sigma = StrictMath.log(p99.toNanos() / middle) / Z99;
            return Duration.ofNanos((long) (middle * StrictMath.exp(sigma * random.nextGaussian())));
        }

        @Override
        public Duration least() {
            return Duration.ZERO;
        }
    }
}
