package org.torpeer.sim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When shares of a whole were first reached, in simulated seconds; null where never. */
public record Milestones(
        @Nullable Double p50Seconds,
        @Nullable Double p90Seconds,
        @Nullable Double p99Seconds,
        @Nullable Double p100Seconds) {
    /** Nothing was reached. */
    public static final Milestones NEVER = new Milestones(null, null, null, null);

    /** By name, in ascending order. */
    public Map<String, @Nullable Double> byName() {
        Map<String, @Nullable Double> all = new LinkedHashMap<>();
        all.put("p50Seconds", p50Seconds);
        all.put("p90Seconds", p90Seconds);
        all.put("p99Seconds", p99Seconds);
        all.put("p100Seconds", p100Seconds);
        return all;
    }
}
