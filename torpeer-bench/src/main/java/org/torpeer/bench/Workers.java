package org.torpeer.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/** Counts something of each thread that measures: what JMH's other threads do is no part of a benchmark. */
final class Workers {
    private static final String NAME = "jmh-worker";
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final LongUnaryOperator count;

    /** @param count of a thread, by its number; less than 0 once it has ended */
    Workers(LongUnaryOperator count) {
        this.count = count;
    }

    /** By the numbers of the threads. */
    Map<Long, Long> now() {
        Map<Long, Long> counts = new HashMap<>();
        for (long id : THREADS.getAllThreadIds()) {
            ThreadInfo thread = THREADS.getThreadInfo(id);
            if (thread != null && thread.getThreadName().contains(NAME)) {
                counts.put(id, Math.max(0, count.applyAsLong(id)));
            }
        }
        return counts;
    }

    /** Workers of an earlier benchmark in this process may end meanwhile, so each is compared with itself. */
    long since(Map<Long, Long> before) {
        return now().entrySet().stream()
                .mapToLong(worker -> worker.getValue() - before.getOrDefault(worker.getKey(), 0L))
                .sum();
    }
}
