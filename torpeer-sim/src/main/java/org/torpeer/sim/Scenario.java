package org.torpeer.sim;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;
import org.torpeer.transport.loopback.LinkModel;

/**
 * What happens to a network: routers that are there from the start, participants that each join through one of them,
 * and what befalls these.
 *
 * @param name lower case, as in {@link #named}
 * @param about one line for people
 * @param nodesPerRouter one node in so many is a router, and at least one
 * @param arrivals participants start at times drawn uniformly up to this one
 * @param links how the network behaves
 * @param clockSkew wall clocks are wrong by up to this much in either direction, uniformly
 * @param churn null if participants stay
 * @param partition null if there is none
 * @param settles the run ends early when every node knows every other; not before this time
 * @param lasts when the run ends at the latest
 */
public record Scenario(
        String name,
        String about,
        int nodesPerRouter,
        Duration arrivals,
        LinkModel links,
        Duration clockSkew,
        @Nullable Churn churn,
        @Nullable Partition partition,
        Duration settles,
        Duration lasts) {
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SKEW = Duration.ofMinutes(2);

    /** A router keeps at most 256 sessions. */
    private static final int NODES_PER_ROUTER = 200;

    private static final List<Scenario> BUILT_IN = List.of(
            new Scenario(
                    "bootstrap",
                    "participants join over five minutes, until all know all",
                    NODES_PER_ROUTER,
                    MINUTE.multipliedBy(5),
                    LinkModel.TOR,
                    SKEW,
                    null,
                    null,
                    MINUTE,
                    HOUR.multipliedBy(2)),
            new Scenario(
                    "churn",
                    "participants stay for half an hour in the median and are away for ten minutes",
                    NODES_PER_ROUTER,
                    MINUTE.multipliedBy(5),
                    LinkModel.TOR,
                    SKEW,
                    new Churn(
                            MINUTE.multipliedBy(10),
                            Latency.lognormal(MINUTE.multipliedBy(30), HOUR.multipliedBy(4)),
                            Latency.lognormal(MINUTE.multipliedBy(10), HOUR),
                            0.8),
                    null,
                    HOUR,
                    HOUR),
            new Scenario(
                    "partition",
                    "a third of the participants is cut off for twenty minutes, then the network heals",
                    NODES_PER_ROUTER,
                    MINUTE.multipliedBy(5),
                    LinkModel.TOR,
                    SKEW,
                    null,
                    new Partition(MINUTE.multipliedBy(10), MINUTE.multipliedBy(30), 1 / 3.0),
                    MINUTE.multipliedBy(31),
                    HOUR.multipliedBy(2)),
            new Scenario(
                    "flash-crowd",
                    "every participant joins within ten seconds",
                    NODES_PER_ROUTER,
                    Duration.ofSeconds(10),
                    LinkModel.TOR,
                    SKEW,
                    null,
                    null,
                    MINUTE,
                    HOUR.multipliedBy(2)));

    public Scenario {
        if (nodesPerRouter < 2) {
            throw new InvalidInputException("not every node is a router: one in 2 or more, not in " + nodesPerRouter);
        }
        if (arrivals.isNegative() || clockSkew.isNegative() || settles.isNegative() || lasts.compareTo(settles) < 0) {
            throw new InvalidInputException("times of a scenario are not negative, and it settles before it ends");
        }
    }

    /** Those that come with the simulator. */
    public static List<Scenario> builtIn() {
        return BUILT_IN;
    }

    /**
     * @throws InvalidInputException if there is none of that name; the message lists those there are
     */
    public static Scenario named(String name) {
        return BUILT_IN.stream()
                .filter(scenario -> scenario.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("there is no scenario '" + name + "'; there is "
                        + String.join(
                                ", ", BUILT_IN.stream().map(Scenario::name).toList())));
    }

    /** How many of so many nodes are routers. */
    public int routers(int nodes) {
        return Math.max(1, (nodes + nodesPerRouter / 2) / nodesPerRouter);
    }

    /** This scenario over other links. */
    public Scenario over(LinkModel other) {
        return new Scenario(name, about, nodesPerRouter, arrivals, other, clockSkew, churn, partition, settles, lasts);
    }

    /** This scenario with another end. */
    public Scenario lasting(Duration time) {
        Duration settled = settles.compareTo(time) < 0 ? settles : time;
        return new Scenario(name, about, nodesPerRouter, arrivals, links, clockSkew, churn, partition, settled, time);
    }
}
