package org.torpeer.sim.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.torpeer.sim.Churn;
import org.torpeer.sim.Partition;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.Sample;
import org.torpeer.sim.Scenario;
import org.torpeer.transport.loopback.LoopbackNetwork;
import org.torpeer.transport.loopback.virtual.SeededRandom;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** One run of a scenario. */
public final class ScenarioRun {
    private static final double NANOS = 1e9;
    /** So many samples are taken over the longest run. */
    private static final int SAMPLES = 360;

    private static final Duration LEAST_INTERVAL = Duration.ofSeconds(5);

    private final RunPlan plan;
    private final Scenario scenario;
    private final Machine machine = new Machine();
    private final VirtualTime time;
    private final LoopbackNetwork network = new LoopbackNetwork();
    private final Traffic traffic;
    private final Population population;
    private final List<Sample> series = new ArrayList<>();

    public ScenarioRun(RunPlan plan) {
        this.plan = plan;
        this.scenario = plan.scenario();
        this.time = new VirtualTime(plan.seed());
        this.traffic = new Traffic(time);
        network.links(scenario.links(), time.random("links"));
        network.observe(traffic);
        this.population = new Population(plan, time, network);
    }

    public RunResult run(RunWatch watch) {
        schedule();
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
        return time.runUntil(() -> population.discovered().complete(), until);
    }

    private Duration interval() {
        Duration share = scenario.lasts().dividedBy(SAMPLES);
        return share.compareTo(LEAST_INTERVAL) < 0 ? LEAST_INTERVAL : share;
    }

    private void schedule() {
        SeededRandom arrivals = time.random("arrivals");
        long window = scenario.arrivals().toNanos();
        for (int number = 0; number < population.size(); number++) {
            SimulatedNode node = population.get(number);
            long at = number < plan.routers() || window == 0 ? 0 : arrivals.nextLong(window);
            time.loop().schedule(Duration.ofNanos(at), () -> population.start(node));
        }
        if (scenario.churn() != null) {
            schedule(scenario.churn());
        }
        if (scenario.partition() != null) {
            schedule(scenario.partition());
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

    private Sample sample() {
        Sample sample = new Sample(
                seconds(),
                population.up().cardinality(),
                population.discovered().among(population.up()),
                population.contacted().among(population.up()),
                population.discovered().outside(population.up()),
                traffic.messages(),
                traffic.bytes(),
                traffic.dialed(),
                traffic.failed(),
                time.events());
        series.add(sample);
        return sample;
    }

    private double seconds() {
        return time.elapsed().toNanos() / NANOS;
    }

    private RunResult result(boolean complete) {
        double wallSeconds = machine.seconds();
        double nodes = population.size();
        return new RunResult(
                plan,
                "%016x".formatted(time.traceHash()),
                complete,
                seconds(),
                wallSeconds,
                time.events(),
                machine.heapGrowth() / population.size(),
                population.discovered().milestones(),
                population.contacted().milestones(),
                population.sessions(),
                traffic.messages() / nodes,
                traffic.bytes() / nodes,
                traffic.dialed() / nodes,
                traffic.dials(),
                time.failures(),
                series);
    }
}
