package org.torpeer.sim.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.torpeer.sim.Adversary;
import org.torpeer.sim.Churn;
import org.torpeer.sim.Measure;
import org.torpeer.sim.Milestones;
import org.torpeer.sim.Partition;
import org.torpeer.sim.RouterLoss;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Sample;
import org.torpeer.sim.Scenario;
import org.torpeer.sim.Topology;
import org.torpeer.sim.internal.adversary.Attack;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.Conditions;
import org.torpeer.transport.loopback.virtual.SeededRandom;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** One run of a scenario. */
public final class ScenarioRun {
    /** So many samples are taken over the longest run. */
    private static final int SAMPLES = 1440;
    /** So many in networks in which looking at every session takes a while. */
    private static final int LARGE_SAMPLES = 120;
    /** In all samples together nodes are looked at about so often. */
    private static final int LOOKS = 400_000;

    /** How long a restart takes. */
    private static final Duration AWAY = Duration.ofSeconds(10);

    /** Nodes, from which on a run is one in lanes. */
    private static final int LARGE = 500;

    private static final Duration LEAST_LOOKAHEAD = Duration.ofMillis(10);
    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(1);

    private final RunPlan plan;
    private final Scenario scenario;
    private final Machine machine = new Machine();
    private final VirtualTime time;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final Traffic traffic;
    private final Chronicle chronicle;
    private final Population population;
    private final Film film;
    private final RunWatch watch;
    private final List<Sample> series = new ArrayList<>();

    /**
     * @param threads that run it at most; of no influence on the result
     */
    public ScenarioRun(RunPlan plan, int threads, RunWatch watch) {
        this.plan = plan;
        this.watch = watch;
        this.scenario = plan.scenario();
        this.time = world(plan, threads);
        this.chronicle = new Chronicle(time, watch);
        this.traffic = new Traffic(time, chronicle);
        network.links(scenario.links(), time.random("links"));
        network.observe(traffic);
        this.population = new Population(plan, time, network, chronicle);
        this.film = new Film(plan.population(), plan.routers(), population::vertex, population.sessions());
    }

    /**
     * A network that is worth the trouble is run in lanes, unless an adversary looks at all of it at once. Whether it is
     * must not depend on the machine.
     */
    private static VirtualTime world(RunPlan plan, int threads) {
        Duration lookahead = plan.scenario().links().leastOneWay();
        boolean worthIt = plan.nodes() >= LARGE && lookahead.compareTo(LEAST_LOOKAHEAD) >= 0;
        return worthIt && plan.scenario().adversary() == null
                ? VirtualTime.inLanes(plan.seed(), threads, lookahead)
                : new VirtualTime(plan.seed());
    }

    public RunResult run() {
        schedule();
        film.roll(0);
        Duration interval = interval();
        boolean goOn = true;
        boolean ended = false;
        while (goOn && !ended) {
            Duration next = time.elapsed().plus(interval);
            boolean last = next.compareTo(scenario.lasts()) >= 0;
            boolean settled = runUntilSettled(last ? scenario.lasts() : next);
            ended = last || settled;
            goOn = watch.goOn(sample());
        }
        return result(ended);
    }

    private boolean runUntilSettled(Duration until) {
        if (until.compareTo(scenario.settles()) <= 0) {
            time.run(until);
            return false;
        }
        if (time.elapsed().compareTo(scenario.settles()) < 0) {
            time.run(scenario.settles());
        }
        return time.runUntil(() -> population.discovered().share() >= scenario.enough(), until);
    }

    private Duration interval() {
        int samples = Math.max(LARGE_SAMPLES, Math.min(SAMPLES, LOOKS / plan.nodes()));
        Duration share = scenario.lasts().dividedBy(samples);
        return share.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : share;
    }

    private void schedule() {
        SeededRandom arrivals = time.random("arrivals");
        long window = scenario.arrivals().toNanos();
        for (int number = 0; number < population.size(); number++) {
            SimulatedNode node = population.get(number);
            long at = number < plan.routers() || window == 0 ? 0 : arrivals.nextLong(window);
            time.loop().schedule(Duration.ofNanos(at), () -> population.start(node));
            population.dissemination().planned(number, at);
        }
        if (scenario.churn() != null) {
            schedule(scenario.churn());
        }
        if (scenario.partition() != null) {
            schedule(scenario.partition());
        }
        if (scenario.routerLoss() != null) {
            schedule(scenario.routerLoss());
        }
        if (scenario.adversary() != null) {
            schedule(scenario.adversary());
        }
    }

    private void schedule(Churn churn) {
        SeededRandom random = time.random("churn");
        for (int number = plan.routers(); number < population.size(); number++) {
            SimulatedNode node = population.get(number);
            Duration first = churn.begins().plus(churn.session().draw(random));
            time.loop().schedule(first, () -> leave(node, churn, random));
        }
    }

    private void leave(SimulatedNode node, Churn churn, SeededRandom random) {
        if (node.isUp()) {
            population.crash(node);
        }
        if (random.nextDouble() >= churn.keepsState()) {
            population.wipe(node);
        }
        time.loop().schedule(churn.absence().draw(random), () -> {
            population.start(node);
            time.loop().schedule(churn.session().draw(random), () -> leave(node, churn, random));
        });
    }

    private void schedule(Partition partition) {
        int first = plan.routers();
        int cut = (int) Math.round(partition.share() * (population.size() - first));
        time.loop().schedule(partition.begins(), () -> network.partition(population.transports(first, first + cut)));
        time.loop().schedule(partition.heals(), network::mend);
    }

    private void schedule(RouterLoss loss) {
        int all = plan.routers();
        int gone = Math.min(all - 1, (int) Math.round(loss.share() * all));
        time.loop().schedule(loss.at(), () -> {
            for (int number = all - gone; number < all; number++) {
                population.crash(population.get(number));
            }
        });
    }

    private void schedule(Adversary adversary) {
        time.loop().schedule(adversary.begins(), () -> attack(adversary));
        if (adversary.kind() != Adversary.Kind.ECLIPSE) {
            return;
        }
        int first = plan.routers();
        int victims = victims(adversary);
        int keeping = (int) Math.round(adversary.keepsState() * victims);
        for (int i = 0; i < victims; i++) {
            SimulatedNode victim = population.get(first + i);
            boolean keeps = i < keeping;
            time.loop().schedule(adversary.restart(), () -> restart(victim, keeps));
        }
    }

    private void attack(Adversary adversary) {
        int first = plan.routers();
        int from = adversary.kind() == Adversary.Kind.ECLIPSE ? first : 0;
        int to = adversary.kind() == Adversary.Kind.ECLIPSE ? first + victims(adversary) : population.size();
        Attack attack = new Attack(
                adversary,
                population.identities(),
                time.runtime(population.size(), new Conditions(Duration.ZERO, Duration.ZERO)),
                network,
                () -> population.endpoints(from, to));
        for (int i = 0; i < population.identities().size(); i++) {
            if (attack.there(i)) {
                population.appeared(population.size() + i);
            }
        }
        attack.begin();
    }

    private int victims(Adversary adversary) {
        return (int) Math.round(adversary.victims() * (population.size() - plan.routers()));
    }

    private void restart(SimulatedNode victim, boolean keeps) {
        if (!victim.isUp()) {
            return;
        }
        population.crash(victim);
        if (!keeps) {
            population.wipe(victim);
        }
        time.loop().schedule(AWAY, () -> {
            if (keeps) {
                population.resume(victim);
            } else {
                population.start(victim);
            }
        });
    }

    private Sample sample() {
        double now = chronicle.seconds();
        int up = population.up().cardinality();
        int component = population.sessions().graph(population.up()).largestComponent();
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(Measure.UP, (double) up);
        values.put(Measure.DISCOVERED, population.discovered().among());
        values.put(Measure.CONTACTED, population.contacted().among());
        values.put(Measure.STALE, population.discovered().stale());
        values.put(Measure.MALICIOUS, population.discovered().malicious());
        Siege siege = population.siege();
        values.put(Measure.SURROUNDED, (double) siege.surrounded());
        values.put(Measure.ECLIPSED, (double) siege.eclipsed());
        values.put(Measure.MALICIOUS_PARTNERS, siege.malicious());
        Adversary adversary = scenario.adversary();
        if (adversary != null && adversary.kind() == Adversary.Kind.ECLIPSE) {
            values.put(Measure.VICTIMS_PARTNERS, victimsPartners(victims(adversary)));
        }
        values.put(Measure.COMPONENT, up == 0 ? 0 : (double) component / up);
        values.put(Measure.MESSAGES, (double) traffic.messages());
        values.put(Measure.BYTES, (double) traffic.bytes());
        values.put(Measure.DIALS, (double) traffic.dialed());
        values.put(Measure.FAILED_DIALS, (double) traffic.failed());
        values.put(Measure.EVENTS, (double) time.events());
        Sample sample = new Sample(now, values);
        series.add(sample);
        film.roll(now);
        return sample;
    }

    /** While none of them runs, as it was before. */
    private double victimsPartners(int victims) {
        int first = plan.routers();
        Siege siege = population.siege(first, first + victims);
        boolean down = siege.partners() == 0 && !series.isEmpty();
        return down ? series.get(series.size() - 1).value(Measure.VICTIMS_PARTNERS) : siege.malicious();
    }

    private RunResult result(boolean complete) {
        double wallSeconds = machine.seconds();
        double now = chronicle.seconds();
        Topology sessions = population.sessions().graph(population.up()).topology();
        return new RunResult(
                plan,
                "%016x".formatted(time.traceHash()),
                complete,
                now,
                wallSeconds,
                time.events(),
                machine.heapGrowth() / population.size(),
                milestones(),
                measures(sessions),
                degrees(sessions),
                traffic.dials(),
                sessions,
                time.failures(),
                series,
                film.whole(now, plan.population()),
                film.end(now));
    }

    private Map<String, Milestones> milestones() {
        Map<String, Milestones> milestones = new LinkedHashMap<>();
        milestones.put(RunResult.DISCOVERY, population.discovered().milestones());
        milestones.put(RunResult.CONTACT, population.contacted().milestones());
        milestones.put(RunResult.DISSEMINATION, population.dissemination().milestones());
        return milestones;
    }

    private Map<String, Double> measures(Topology sessions) {
        double nodes = population.size();
        Map<String, Double> measures =
                new LinkedHashMap<>(series.get(series.size() - 1).values());
        if (scenario.adversary() != null) {
            double most = series.stream()
                    .mapToDouble(sample -> sample.value(Measure.ECLIPSED))
                    .max()
                    .orElse(0);
            measures.put(Measure.MOST_ECLIPSED, most);
        }
        measures.put(Measure.MESSAGES_PER_NODE, traffic.messages() / nodes);
        measures.put(Measure.BYTES_PER_NODE, traffic.bytes() / nodes);
        measures.put(Measure.DIALS_PER_NODE, traffic.dialed() / nodes);
        measures.put(Measure.CLUSTERING, sessions.clustering());
        measures.put(Measure.PATH_LENGTH, sessions.pathLength());
        return measures;
    }

    private Map<String, Map<Integer, Integer>> degrees(Topology sessions) {
        Map<String, Map<Integer, Integer>> degrees = new LinkedHashMap<>();
        degrees.put(RunResult.SESSIONS, sessions.degrees());
        degrees.put(RunResult.KNOWN_BY, population.discovered().inDegrees());
        degrees.put(RunResult.KNOWS, population.discovered().outDegrees());
        return degrees;
    }
}
