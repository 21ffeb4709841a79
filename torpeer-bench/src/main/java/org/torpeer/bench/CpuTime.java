package org.torpeer.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Collection;
import java.util.HashMap;
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
    private static final String WORKER = "jmh-worker";

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private Map<Long, Long> before = Map.of();

    /** Made by JMH. */
    public CpuTime() {}

    @Override
    public String getDescription() {
        return "operations a second of processor time";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = nanosByWorker();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        // Workers of an earlier benchmark in this process may end meanwhile, so each is compared with itself.
        double seconds = nanosByWorker().entrySet().stream()
                        .mapToLong(worker -> worker.getValue() - before.getOrDefault(worker.getKey(), 0L))
                        .sum()
                / 1e9;
        double rate = seconds > 0 ? result.getMetadata().getAllOps() / seconds : 0;
        return List.of(new ScalarResult(OPERATIONS, rate, "ops/cpu-s", AggregationPolicy.AVG));
    }

    private Map<Long, Long> nanosByWorker() {
        Map<Long, Long> nanos = new HashMap<>();
        for (long id : threads.getAllThreadIds()) {
            ThreadInfo thread = threads.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains(WORKER)) {
                nanos.put(id, Math.max(0, threads.getThreadCpuTime(id)));
            }
        }
        return nanos;
    }
}
