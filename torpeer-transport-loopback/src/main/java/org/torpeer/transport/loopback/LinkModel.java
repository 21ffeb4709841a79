package org.torpeer.transport.loopback;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * How a network's links behave.
 *
 * @param connect how long a dial takes, but no less than the shortest round trip
 * @param roundTrip of a connection, drawn once for each and kept; half of it is what each message is on its way
 * @param dialFailure the probability that a dial to a peer that is there fails: half of these end as
 *     {@link TransportFailure#UNREACHABLE} after the time a dial takes, the others get no answer at all
 * @param bytesPerSecond what one direction of a connection carries; what is sent faster waits its turn
 * @param meanLifetime of a connection until it breaks, exponentially distributed
 */
public record LinkModel(
        Latency connect, Latency roundTrip, double dialFailure, long bytesPerSecond, Duration meanLifetime) {
    /** As long as no simulation lasts. */
    private static final Duration FOREVER = Duration.ofDays(36_500);

    /**
     * The shape of onion services on the public Tor network, roughly:
     *
     * <ul>
     *   <li>a dial, from descriptor lookup to rendezvous, is lognormal with a median of 5 s and a 99th percentile of 60 s;
     *       that is also where dials are given up, so that one in a hundred ends as a time-out;
     *   <li>round trips over the six relays take 0.3 to 2 s;
     *   <li>7.5 % of the dials fail on the way;
     *   <li>a circuit carries about 500 KB/s;
     *   <li>a connection lasts 6 h in the mean before a relay on its way goes.
     * </ul>
     *
     * <p>Measurements differ much between clients and years: these are for comparing protocols under the same
     * conditions, not for predicting seconds.
     */
    public static final LinkModel TOR = new LinkModel(
            Latency.lognormal(Duration.ofSeconds(5), Duration.ofSeconds(60)),
            Latency.uniform(Duration.ofMillis(300), Duration.ofSeconds(2)),
            0.075,
            500_000,
            Duration.ofHours(6));

    /** No failures, no limits, the same latency everywhere: a dial takes two. */
    public static LinkModel steady(Duration latency) {
        Latency twice = Latency.fixed(latency.multipliedBy(2));
        return new LinkModel(twice, twice, 0, Long.MAX_VALUE, FOREVER);
    }

    public LinkModel {
        if (!(dialFailure >= 0 && dialFailure <= 1)) {
            throw new InvalidInputException("a probability is 0 to 1, not " + dialFailure);
        }
        if (bytesPerSecond < 1) {
            throw new InvalidInputException("a link carries at least 1 byte a second, not " + bytesPerSecond);
        }
        if (meanLifetime.isNegative() || meanLifetime.isZero()) {
            throw new InvalidInputException("a connection's mean lifetime is positive, not " + meanLifetime);
        }
    }

    /** This model with another probability of failing dials. */
    public LinkModel failingDials(double probability) {
        return new LinkModel(connect, roundTrip, probability, bytesPerSecond, meanLifetime);
    }

    /** This model with another mean lifetime of connections. */
    public LinkModel lasting(Duration mean) {
        return new LinkModel(connect, roundTrip, dialFailure, bytesPerSecond, mean);
    }

    /** How long anything takes at least from one host to another. */
    public Duration leastOneWay() {
        return Line.half(roundTrip.least());
    }

    boolean breaks() {
        return meanLifetime.compareTo(FOREVER) < 0;
    }
}
