package org.torpeer.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/** Operations a second of processor time of the measuring threads: unlike the score, it hardly feels other programs. */
public final class CpuTime implements InternalProfiler {
    static final String OPERATIONS = "ops-per-cpu-second";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final Workers nanos = new Workers(threads::getThreadCpuTime);
    private Map<Long, Long> before = Map.of();

    /** Made by JMH. */
    public CpuTime() {}

    @Override
    public String getDescription() {
        return "operations a second of processor time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = nanos.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        double seconds = nanos.since(before) / 1e9;
        double rate = seconds > 0 ? result.getMetadata().getAllOps() / seconds : 0;
        return List.of(new ScalarResult(OPERATIONS, rate, "ops/cpu-s", AggregationPolicy.AVG));
    }
}
