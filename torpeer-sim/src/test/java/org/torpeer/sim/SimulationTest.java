package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.sim.run.Simulation;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.LinkModel;

final class SimulationTest {
    private static final int FEW = 8;

    private final long seed = TestSeed.random("SimulationTest").nextLong();

    @Test
    @DisplayName("50 nodes find each other through one router, and do so again for the same seed")
    void bootstrap() {
        Scenario steady = Scenario.named("bootstrap").over(LinkModel.steady(Duration.ofMillis(50)));
        RunResult once = Simulation.run(new RunPlan(steady, 50, seed, Crypto.REAL));
        assertThat(once.failedTasks()).isZero();
        assertThat(once.discovery().p100Seconds()).isNotNull().isLessThan(600);
        assertThat(once.sessions().largestComponent()).isEqualTo(50);
        assertThat(once.dials()).containsOnlyKeys("CONNECTED");
        assertThat(once.degrees().get(RunResult.KNOWS)).isEqualTo(Map.of(49, 50));
        assertThat(once.degrees().get(RunResult.KNOWN_BY)).isEqualTo(Map.of(49, 50));
        assertThat(once.measure(Measure.ECLIPSED)).isZero();
        assertThat(once.measure(Measure.MALICIOUS)).isZero();
        assertThat(List.copyOf(once.milestones()
                        .getOrDefault(RunResult.DISSEMINATION, Milestones.NEVER)
                        .byName()
                        .values()))
                .doesNotContainNull()
                .isSorted();
        assertThat(once.network().vertices()).hasSize(50);
        assertThat(once.network().links()).hasSizeGreaterThan(49);

        RunResult again = Simulation.run(new RunPlan(steady, 50, seed, Crypto.REAL));
        assertThat(again.traceHash()).isEqualTo(once.traceHash());
        assertThat(again.series()).isEqualTo(once.series());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bootstrap", "churn", "partition", "flash-crowd", "eclipse", "sybil", "flood", "dead-routers"})
    @DisplayName("every built-in scenario gives the same trace twice")
    void sameTrace(String name) {
        Scenario scenario = Scenario.named(name).lasting(Duration.ofMinutes(40));
        RunPlan plan = new RunPlan(scenario, FEW, seed, Crypto.REAL);
        RunResult once = Simulation.run(plan);
        assertThat(once.failedTasks()).isZero();
        assertThat(once.complete()).isTrue();
        assertThat(Simulation.run(plan).traceHash()).isEqualTo(once.traceHash());
    }

    @Test
    @DisplayName("another seed gives another trace")
    void otherTrace() {
        Scenario scenario = Scenario.named("flash-crowd");
        RunResult one = Simulation.run(new RunPlan(scenario, FEW, seed, Crypto.REAL));
        RunResult other = Simulation.run(new RunPlan(scenario, FEW, seed + 1, Crypto.REAL));
        assertThat(other.traceHash()).isNotEqualTo(one.traceHash());
    }

    @ParameterizedTest
    @EnumSource(Crypto.class)
    @DisplayName("another process, whose objects hash otherwise, gives the same trace")
    void otherProcess(Crypto crypto) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UnlockExperimentalVMOptions",
                        "-XX:hashCode=2",
                        "-cp",
                        classPath(),
                        TracePrinter.class.getName(),
                        "churn",
                        String.valueOf(FEW),
                        String.valueOf(seed),
                        crypto.name().toLowerCase(Locale.ROOT))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        RunResult here = Simulation.run(new RunPlan(Scenario.named("churn"), FEW, seed, crypto));
        try (BufferedReader lines = other.inputReader(StandardCharsets.US_ASCII)) {
            assertThat(lines.readLine()).isEqualTo(here.traceHash());
        }
        assertThat(other.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    @DisplayName("with keyed hashes in place of signatures messages are as long, and all find all")
    void simulatedCrypto() {
        RunPlan plan = new RunPlan(Scenario.named("bootstrap"), FEW, seed, Crypto.SIMULATED);
        RunResult result = Simulation.run(plan);
        assertThat(result.failedTasks()).isZero();
        assertThat(result.discovery().p100Seconds()).isNotNull();
        assertThat(Simulation.run(plan).traceHash()).isEqualTo(result.traceHash());
        RunResult real = Simulation.run(new RunPlan(Scenario.named("bootstrap"), FEW, seed, Crypto.REAL));
        double bytes = result.measure(Measure.BYTES_PER_NODE) / result.measure(Measure.MESSAGES_PER_NODE);
        double realBytes = real.measure(Measure.BYTES_PER_NODE) / real.measure(Measure.MESSAGES_PER_NODE);
        assertThat(bytes / realBytes).isBetween(0.8, 1.25);
    }

    @Test
    @DisplayName("a large run comes to the same with any number of threads, crashes, restarts and a partition included")
    void threads() {
        Scenario scenario = Scenario.named("churn")
                .with(
                        Map.of(
                                "arrivals", "20 s",
                                "churn.begins", "20 s",
                                "partition.begins", "40 s",
                                "partition.heals", "55 s"),
                        "a test")
                .lasting(Duration.ofSeconds(70));
        for (Crypto crypto : List.of(Crypto.SIMULATED, Crypto.REAL)) {
            RunPlan plan = new RunPlan(scenario, 500, seed, crypto);
            List<String> noted = Collections.synchronizedList(new ArrayList<>());
            RunResult alone = Simulation.run(plan, 1, noting(noted));
            assertThat(alone.failedTasks()).isZero();
            assertThat(alone.dials()).containsKey("UNREACHABLE");
            List<String> notedAgain = Collections.synchronizedList(new ArrayList<>());
            RunResult together = Simulation.run(plan, 3, noting(notedAgain));
            assertThat(together.traceHash()).isEqualTo(alone.traceHash());
            assertThat(together.events()).isEqualTo(alone.events());
            assertThat(together.milestones()).isEqualTo(alone.milestones());
            assertThat(together.measures()).isEqualTo(alone.measures());
            assertThat(together.degrees()).isEqualTo(alone.degrees());
            assertThat(together.dials()).isEqualTo(alone.dials());
            assertThat(together.series()).isEqualTo(alone.series());
            assertThat(notedAgain).hasSizeGreaterThan(1000).isEqualTo(noted);
        }
    }

    private static RunWatch noting(List<String> noted) {
        return new RunWatch() {
            @Override
            public boolean goOn(Sample sample) {
                return true;
            }

            @Override
            public void happened(double seconds, int node, String event, int peer, String detail) {
                noted.add(seconds + " " + node + " " + event + " " + peer + " " + detail);
            }
        };
    }

    @Test
    @DisplayName("participants that churn are missed, come back, and are found again")
    void churn() {
        RunResult result = Simulation.run(new RunPlan(Scenario.named("churn"), FEW, seed, Crypto.REAL));
        assertThat(result.series())
                .anyMatch(sample -> sample.value(Measure.UP) < FEW && sample.value(Measure.STALE) > 0);
        assertThat(result.last().value(Measure.DISCOVERED)).isGreaterThan(0.5);
    }

    @Test
    @DisplayName("a partition stops dials across it, and the network is whole again after it heals")
    void partition() {
        RunResult result = Simulation.run(new RunPlan(Scenario.named("partition"), 20, seed, Crypto.REAL));
        assertThat(result.dials().get("UNREACHABLE")).isGreaterThan(20);
        assertThat(result.sessions().largestComponent()).isEqualTo(20);
    }

    @Test
    @DisplayName("a watcher may end a run, which keeps what it has")
    void endsEarly() {
        RunPlan plan = new RunPlan(Scenario.named("bootstrap"), FEW, seed, Crypto.REAL);
        RunResult result = Simulation.run(plan, sample -> sample.seconds() < 60);
        assertThat(result.complete()).isFalse();
        assertThat(result.simulatedSeconds()).isEqualTo(60);
        assertThat(result.series()).hasSize(12);
        assertThat(result.film()).hasSize(13);
    }

    private static String classPath() throws Exception {
        URL here = TracePrinter.class.getResource("TracePrinter.class");
        assertThat(here).isNotNull();
        int depth = TracePrinter.class.getName().split("\\.").length;
        Path tests = Path.of(here.toURI()).resolve("../".repeat(depth)).normalize();
        return String.join(
                File.pathSeparator,
                tests.toString(),
                System.getProperty("jdk.module.path", ""),
                System.getProperty("java.class.path"));
    }

    @Test
    @DisplayName("a run ends when enough pairs know each other, and not before it may")
    void enough() {
        Scenario most = Scenario.bootstrap().with(Map.of("enough", "0.75"), "a test");
        RunResult early = Simulation.run(new RunPlan(most, FEW, seed, Crypto.SIMULATED));
        assertThat(early.complete()).isTrue();
        assertThat(early.simulatedSeconds()).isGreaterThanOrEqualTo(60);
        assertThat(early.discovery().p100Seconds()).isNull();
        assertThat(early.discovery().p50Seconds()).isNotNull();
        RunResult whole = Simulation.run(new RunPlan(Scenario.bootstrap(), FEW, seed, Crypto.SIMULATED));
        assertThat(whole.simulatedSeconds()).isGreaterThan(early.simulatedSeconds());
    }
}
