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
    void everyBenchmarkAndEveryRatioMeasuresSomething() throws RunnerException {
        Circumstances before = Circumstances.now();
        Collection<RunResult> results = Benchmarks.run(shortly().build());
        assertThat(results)
                .allSatisfy(result ->
                        assertThat(result.getPrimaryResult().getScore()).isPositive());
        Summary summary = new Summary(results, before);
        assertThat(Ratio.ALL).allSatisfy(ratio -> {
            assertThat(summary.table()).contains(ratio.name());
            assertThat(summary.json()).contains("\"" + ratio.name() + "\"");
        });
        assertThat(summary.table()).contains(before.toString()).doesNotContain("NaN", "Infinity");
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
