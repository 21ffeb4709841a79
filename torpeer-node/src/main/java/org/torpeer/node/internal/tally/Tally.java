package org.torpeer.node.internal.tally;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Map;

/** How often each reason to turn something away has applied since the node started. Safe for several threads. */
@Singleton
public final class Tally {
    private final Map<Drop, Long> counts = new EnumMap<>(Drop.class);

    @Inject
    public Tally() {}

    public void count(Drop reason) {
        count(reason, 1);
    }

    /** As often as {@code times} says. */
    public synchronized void count(Drop reason, long times) {
        if (times > 0) {
            counts.merge(reason, times, Long::sum);
        }
    }

    public synchronized long of(Drop reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** Every reason that has applied, in the order of the enum; a copy. */
    public synchronized Map<Drop, Long> snapshot() {
        return new EnumMap<>(counts);
    }
}
