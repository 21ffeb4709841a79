package org.torpeer.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collection;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** Every benchmark runs and measures something; how much says nothing in so short a time. */
class BenchmarksTest {
    @BeforeAll
    static void besideOtherRuns() {
        System.setProperty("jmh.ignoreLock", "true");
    }

    @Test
    void everyBenchmarkMeasuresSomething() throws RunnerException {
        Collection<RunResult> results = Benchmarks.run(shortly().build());
        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark())
                .contains(
                        Sha256Benchmark.class.getName() + ".kernel",
                        Sha256Benchmark.class.getName() + ".anchorMessageDigest",
                        Sha256Benchmark.class.getName() + ".anchorBouncyCastle");
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
    }

    @Test
    void nothingToMeasureIsAFailure() {
        assertThatThrownBy(() ->
                        Benchmarks.run(shortly().include("NoSuchBenchmark").build()))
                .isInstanceOf(RunnerException.class)
                .hasMessageContaining("NoSuchBenchmark");
    }

    private static ChainedOptionsBuilder shortly() {
        return new OptionsBuilder()
                .forks(0)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementTime(TimeValue.milliseconds(20));
    }
}
