package org.torpeer.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.testkit.TestSeed;
import org.torpeer.transport.loopback.LinkModel;

final class SimulationTest {
    private final long seed = TestSeed.random("SimulationTest").nextLong();

    @Test
    @DisplayName("50 nodes find each other through one router over a steady network")
    void bootstrapSteady() {
        Scenario steady = Scenario.named("bootstrap").over(LinkModel.steady(Duration.ofMillis(50)));
        RunResult result = Simulation.run(new RunPlan(steady, 50, seed, Crypto.REAL));
        assertThat(result.failedTasks()).isZero();
        assertThat(result.discovery().p100Seconds()).isNotNull().isLessThan(600);
        assertThat(result.sessions().largestComponent()).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bootstrap", "churn", "partition", "flash-crowd"})
    @DisplayName("every built-in scenario gives the same trace for the same seed, and another for another")
    void sameTrace(String name) {
        Scenario scenario = Scenario.named(name);
        RunResult once = Simulation.run(new RunPlan(scenario, 20, seed, Crypto.REAL));
        RunResult again = Simulation.run(new RunPlan(scenario, 20, seed, Crypto.REAL));
        RunResult other = Simulation.run(new RunPlan(scenario, 20, seed + 1, Crypto.REAL));
        System.out.println(once);
        assertThat(once.failedTasks()).isZero();
        assertThat(again.traceHash()).isEqualTo(once.traceHash());
        assertThat(again.series()).isEqualTo(once.series());
        assertThat(other.traceHash()).isNotEqualTo(once.traceHash());
    }
}
