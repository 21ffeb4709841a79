package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.torpeer.api.InvalidInputException;

/** A distribution of delays. */
@FunctionalInterface
public interface Latency {
    /** The 99th percentile of the standard normal distribution. */
    double Z99 = 2.3263478740408408;

    /** One delay, not negative. */
    Duration draw(RandomGenerator random);

    /** Always the same. */
    static Latency fixed(Duration each) {
        if (each.isNegative()) {
            throw new InvalidInputException("a latency is not negative: " + each);
        }
        return random -> each;
    }

    /** Uniform from {@code least} to {@code most}. */
    static Latency uniform(Duration least, Duration most) {
        if (least.isNegative() || least.compareTo(most) >= 0) {
            throw new InvalidInputException("a latency is drawn from 0 or more up, not from " + least + " to " + most);
        }
        long from = least.toNanos();
        long to = most.toNanos();
        return random -> Duration.ofNanos(random.nextLong(from, to));
    }

    /** Lognormal, given by its median and its 99th percentile. */
    static Latency lognormal(Duration median, Duration p99) {
        if (median.isNegative() || median.isZero() || median.compareTo(p99) >= 0) {
            throw new InvalidInputException(
                    "a lognormal latency has a positive median below its p99, not " + median + " and " + p99);
        }
        double middle = median.toNanos();
        double sigma = StrictMath.log(p99.toNanos() / middle) / Z99;
        return random -> Duration.ofNanos((long) (middle * StrictMath.exp(sigma * random.nextGaussian())));
    }
}
