package org.torpeer.sim;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.LinkModel;

/**
 * What happens to a network: routers that are there from the start, participants that each join through one of them,
 * and what befalls these. {@link ScenarioFile} has the same as text.
 *
 * @param name lower case, as in {@link #named}
 * @param about one line for people
 * @param nodes how many there are, routers included, unless a plan says otherwise
 * @param nodesPerRouter one node in so many is a router, and at least one
 * @param arrivals participants start at times drawn uniformly up to this one
 * @param links how the network behaves
 * @param clockSkew wall clocks are wrong by up to this much in either direction, uniformly
 * @param churn null if participants stay
 * @param partition null if there is none
 * @param routerLoss null if routers stay
 * @param books null if they are as nodes have them
 * @param adversary null if there is none; its identities come on top of the nodes
 * @param enough of all pairs of nodes, the share that has to know each other for the run to end early, above 0
 * @param settles it does not end before this time
 * @param lasts when the run ends at the latest
 */
public record Scenario(
        String name,
        String about,
        int nodes,
        int nodesPerRouter,
        Duration arrivals,
        LinkModel links,
        Duration clockSkew,
        @Nullable Churn churn,
        @Nullable Partition partition,
        @Nullable RouterLoss routerLoss,
        @Nullable Books books,
        @Nullable Adversary adversary,
        double enough,
        Duration settles,
        Duration lasts) {
    /**
     * @throws InvalidInputException if the values are impossible, alone or together
     */
    public Scenario {
        if (nodesPerRouter < 2) {
            throw new InvalidInputException("not every node is a router: one in 2 or more, not in " + nodesPerRouter);
        }
        if (!(enough > 0 && enough <= 1)) {
            throw new InvalidInputException("a share of pairs that is enough is above 0 and at most 1, not " + enough);
        }
        if (lasts.isZero()) {
            throw new InvalidInputException(ScenarioFile.NO_TIME);
        }
        if (arrivals.isNegative() || clockSkew.isNegative() || settles.isNegative() || lasts.compareTo(settles) < 0) {
            throw new InvalidInputException("times of a scenario are not negative, and it settles before it ends");
        }
    }

    /** Participants join over five minutes, until all know all. */
    public static Scenario bootstrap() {
        return named("bootstrap");
    }

    /** Every participant joins within ten seconds. */
    public static Scenario flashCrowd() {
        return named("flash-crowd");
    }

    /** Participants stay for half an hour in the median and are away for ten minutes. */
    public static Scenario churning() {
        return named("churn");
    }

    /** A third of the participants is cut off for twenty minutes, then the network heals. */
    public static Scenario partitioned() {
        return named("partition");
    }

    /** Some participants are surrounded by one who has bought identities, and restart; with and without defences. */
    public static Scenario eclipse() {
        return named("eclipse");
    }

    /** Bought identities come to nodes all over the network and tell of nobody but each other. */
    public static Scenario sybil() {
        return named("sybil");
    }

    /** A network starts while sessions are filled with records and proofs that are worth nothing. */
    public static Scenario flood() {
        return named("flood");
    }

    /** Most routers go for good while participants are still coming. */
    public static Scenario deadRouters() {
        return named("dead-routers");
    }

    /** Those that come with the simulator. */
    public static List<Scenario> builtIn() {
        return ScenarioFile.builtIn().stream().map(Scenario::named).toList();
    }

    /**
     * A scenario that comes with the simulator.
     *
     * @throws InvalidInputException if there is none of that name; the message lists those there are
     */
    public static Scenario named(String name) {
        return ScenarioFile.parse(name, ScenarioFile.text(name));
    }

    /** How many of so many nodes are routers. */
    public int routers(int population) {
        return Math.max(1, (population + nodesPerRouter / 2) / nodesPerRouter);
    }

    /** This scenario over other links. */
    public Scenario over(LinkModel other) {
        return changed(other, adversary, settles, lasts);
    }

    /**
     * This scenario with some settings changed, key by key as in its file.
     *
     * @param source where they are from, for errors
     * @throws InvalidInputException if there is no such key, or a value is wrong
     */
    public Scenario with(Map<String, String> changes, String source) {
        Map<String, String> settings = ScenarioFile.settings(this);
        settings.putAll(changes);
        return ScenarioFile.of(name, settings, source);
    }

    /** This scenario with another adversary. */
    public Scenario against(Adversary other) {
        return changed(links, other, settles, lasts);
    }

    /** Whether nodes are started again that have run before, and may have kept what they knew. */
    public boolean restarts() {
        return churn != null || (adversary != null && adversary.kind() == Adversary.Kind.ECLIPSE);
    }

    /** How many identities play against the nodes. */
    public int identities() {
        return adversary == null ? 0 : adversary.identities();
    }

    /**
     * This scenario with another end.
     *
     * @throws InvalidInputException if that is not after its begin
     */
    public Scenario lasting(Duration time) {
        Duration settled = settles.compareTo(time) < 0 ? settles : time;
        return changed(links, adversary, settled, time);
    }

    private Scenario changed(LinkModel links, @Nullable Adversary adversary, Duration settles, Duration lasts) {
        return new Scenario(
                name,
                about,
                nodes,
                nodesPerRouter,
                arrivals,
                links,
                clockSkew,
                churn,
                partition,
                routerLoss,
                books,
                adversary,
                enough,
                settles,
                lasts);
    }
}
