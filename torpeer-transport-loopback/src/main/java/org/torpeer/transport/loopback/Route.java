package org.torpeer.transport.loopback;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.transport.TransportFailure;

/**
 * What a dial will meet on its way.
 *
 * @param outward until it is at the acceptor
 * @param back until the dialer hears of that
 * @param failure of the way itself, null if it does not fail
 * @param lifetime after which the connection breaks, null if it does not
 */
record Route(
        Line line,
        Duration outward,
        Duration back,
        @Nullable TransportFailure failure,
        @Nullable Duration lifetime) {
    static Route steady(LoopbackNetwork network) {
        Duration latency = network.latency();
        return new Route(Line.steady(network), latency, latency, null, null);
    }

    static Route drawn(LinkModel model, RandomGenerator random) {
        Line line = Line.drawn(model, random);
        Duration least = model.leastOneWay();
        Duration whole = longer(model.connect().draw(random), least.multipliedBy(2));
        Duration half = Line.half(whole);
        Duration back = half.compareTo(line.oneWay()) < 0 ? half : line.oneWay();
        boolean fails = random.nextDouble() < model.dialFailure();
        TransportFailure manner = random.nextBoolean() ? TransportFailure.UNREACHABLE : TransportFailure.TIMEOUT;
        double lives = random.nextExponential();
        return new Route(
                line,
                whole.minus(back),
                back,
                fails ? manner : null,
                model.breaks()
                        ? Duration.ofMillis((long) (lives * model.meanLifetime().toMillis()))
                        : null);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    Duration whole() {
        return outward.plus(back);
    }
}
