package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.InvalidInputException;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.Simulation;
import org.torpeer.testkit.TestSeed;

final class AdversaryTest {
    /** Of two victims only one may be eclipsed, or both, at this time or that: what is judged here is always the same run. */
    private static final long TWO_VICTIMS = 12;

    private final long seed = TestSeed.random("AdversaryTest").nextLong();

    @Test
    @DisplayName(
            "a larger budget buys more identities, a larger proof fewer, and without proof there are as many as may be")
    void budget() {
        assertThat(adversary(Map.of("adversary.core-hours", "0.2")).identities())
                .isZero();
        assertThat(adversary(Map.of("adversary.core-hours", "1")).identities()).isEqualTo(4);
        assertThat(adversary(Map.of("adversary.core-hours", "10")).identities()).isEqualTo(44);
        assertThat(adversary(Map.of("adversary.core-hours", "10", "adversary.bits", "20"))
                        .identities())
                .isEqualTo(11);
        assertThat(adversary(Map.of("adversary.core-hours", "1e9")).identities())
                .isEqualTo(400);
        Adversary free = adversary(Map.of("adversary.defences", "book", "adversary.most-identities", "7"));
        assertThat(free.identities()).isEqualTo(7);
        assertThat(free.dollarsSpent()).isZero();
    }

    @Test
    @DisplayName("a budget in money is one in core-hours")
    void money() {
        Adversary rich = adversary(Map.of("adversary.dollars", "0.2", "adversary.dollars-per-core-hour", "0.02"));
        assertThat(rich.coreHours()).isEqualTo(10);
        assertThat(rich.identities()).isEqualTo(44);
        assertThat(rich.dollarsSpent()).isBetween(0.19, 0.2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "adversary.kind = bully",
                "adversary.bits = 65",
                "adversary.core-hours = -1",
                "adversary.attempts-per-second = 0",
                "adversary.victims = 1.2",
                "adversary.defences = some",
                "adversary.compare = perhaps",
                "books.new-buckets = 17",
                "books.tried-buckets = 0",
                "books.mature = few",
                "books.routers-mature = -1",
                "routers.share = 2"
            })
    @DisplayName("an impossible setting is refused with its line")
    void impossible(String line) {
        assertThatThrownBy(() -> ScenarioFile.parse("mine", "nodes = 9\n" + line))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageStartingWith("mine:2: " + line.substring(0, line.indexOf(' ')));
    }

    @ParameterizedTest
    @ValueSource(strings = {"eclipse", "sybil", "flood", "dead-routers"})
    @DisplayName("a scenario is the same again from its settings")
    void settings(String name) {
        Scenario scenario = Scenario.named(name);
        assertThat(ScenarioFile.of(name, ScenarioFile.settings(scenario), "here"))
                .isEqualTo(scenario);
    }

    @Test
    @DisplayName("without defences victims are eclipsed; with all of them, and a tenth of attackers, nobody is")
    void eclipse() throws Exception {
        ExperimentResult result = run(small(), TWO_VICTIMS);
        assertThat(result.complete()).isTrue();
        assertThat(result.compared()).extracting(ExperimentResult::defences).containsExactly(Defences.values());
        assertThat(result.compared()).allMatch(each -> each.first().failedTasks() == 0);
        assertThat(against(result, Defences.ALL)).isSameAs(result.first());
        assertThat(result.first().plan().scenario().identities()).isEqualTo(2);
        assertThat(against(result, Defences.ALL).measure(Measure.MOST_ECLIPSED)).isZero();
        assertThat(against(result, Defences.PROOF).measure(Measure.MOST_ECLIPSED))
                .isZero();
        assertThat(against(result, Defences.BOOK).measure(Measure.MOST_ECLIPSED))
                .isZero();
        assertThat(against(result, Defences.NONE).measure(Measure.MOST_ECLIPSED))
                .isPositive();
        assertThat(victims(result, Defences.NONE)).isGreaterThan(0.9);
        // Of 219 others 200 are the adversary's.
        assertThat(victims(result, Defences.BOOK)).isLessThan(0.6);
        assertThat(victims(result, Defences.ALL)).isLessThan(0.2);

        StringWriter json = new StringWriter();
        RunJson.write(result, json);
        assertThat(json.toString())
                .contains("\"compared\"", "\"defences\" : \"none\"", "\"dollarsToEclipseTenth\" : null")
                .contains("\"identities\" : 2,", "\"identities\" : 200,");
    }

    @Test
    @DisplayName("sybils are in books by their share and not more, and those who dial find honest nodes as before")
    void sybil() {
        Scenario sybil =
                Scenario.named("sybil").with(Map.of("nodes", "16", "settles", "30 min", "lasts", "30 min"), "test");
        RunResult result = run(sybil).first();
        assertThat(result.failedTasks()).isZero();
        assertThat(result.plan().population()).isEqualTo(24);
        assertThat(result.measure(Measure.MALICIOUS)).isBetween(0.1, 0.4);
        assertThat(result.measure(Measure.ECLIPSED)).isZero();
        assertThat(result.measure(Measure.DISCOVERED)).isGreaterThan(0.9);
        assertThat(result.network().vertices())
                .filteredOn(Snapshot.Vertex::malicious)
                .hasSize(8);
    }

    @Test
    @DisplayName("a flood does not keep honest nodes from finding each other")
    void flood() {
        RunResult result =
                run(Scenario.named("flood").with(Map.of("nodes", "12"), "test")).first();
        assertThat(result.failedTasks()).isZero();
        assertThat(result.discovery().p99Seconds()).isNotNull();
        assertThat(result.measure(Measure.MALICIOUS)).isPositive();
    }

    @Test
    @DisplayName("newcomers get in through the router that is left, and all who run find each other")
    void deadRouters() {
        Scenario dead = Scenario.named("dead-routers")
                .with(Map.of("nodes", "16", "nodes-per-router", "4", "arrivals", "15 min"), "test");
        RunResult result = run(dead).first();
        assertThat(result.measure(Measure.UP)).isEqualTo(13);
        assertThat(result.measure(Measure.DISCOVERED)).isEqualTo(1);
        assertThat(result.sessions().largestComponent()).isEqualTo(13);
    }

    private static double victims(ExperimentResult result, Defences defences) {
        return against(result, defences).last().value(Measure.VICTIMS_PARTNERS);
    }

    private static RunResult against(ExperimentResult result, Defences defences) {
        return result.compared().stream()
                .filter(each -> each.defences() == defences)
                .findFirst()
                .orElseThrow()
                .first();
    }

    private ExperimentResult run(Scenario scenario) {
        return run(scenario, seed);
    }

    private static ExperimentResult run(Scenario scenario, long seed) {
        List<RunPlan> begun = new ArrayList<>();
        RunPlan plan = new RunPlan(scenario, scenario.nodes(), seed, Crypto.SIMULATED);
        return Simulation.run(new Experiment(plan, 1), 1, new Batch.Watch() {
            @Override
            public RunWatch begins(RunPlan next) {
                begun.add(next);
                return RunWatch.PATIENT;
            }

            @Override
            public void ended(RunResult ended) {
                assertThat(begun).contains(ended.plan());
            }

            @Override
            public boolean cancelled() {
                return false;
            }
        });
    }

    private static Scenario small() {
        return Scenario.eclipse()
                .with(
                        Map.of(
                                "nodes", "20",
                                "settles", "20 min",
                                "lasts", "20 min",
                                "adversary.core-hours", "0.5",
                                "adversary.most-identities", "200",
                                "adversary.begins", "6 min",
                                "adversary.restart", "14 min"),
                        "test");
    }

    private static Adversary adversary(Map<String, String> settings) {
        Adversary adversary = Scenario.sybil().with(settings, "test").adversary();
        return Objects.requireNonNull(adversary);
    }
}
