package org.torpeer.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
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

/**
 * Bytes that the measuring threads allocate for each operation. JMH's own {@code -prof gc} counts all threads, which for
 * operations of a millisecond is mostly JMH itself; of this one, JMH's part is some hundred bytes an iteration.
 */
public final class Allocation implements InternalProfiler {
    static final String BYTES = "worker-bytes-per-op";

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Workers bytes = new Workers(threads::getThreadAllocatedBytes);
    private Map<Long, Long> before = Map.of();

    /** Made by JMH. */
    public Allocation() {}

    @Override
    public String getDescription() {
        return "bytes allocated by the measuring threads";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = bytes.now();
    }

    @Override
    public Collection<? extends Result<?>> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long operations = Math.max(1, result.getMetadata().getAllOps());
        double each = (double) bytes.since(before) / operations;
        return List.of(new ScalarResult(BYTES, each, "B/op", AggregationPolicy.AVG));
    }
}
