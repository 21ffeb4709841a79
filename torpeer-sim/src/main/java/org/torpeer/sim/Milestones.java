package org.torpeer.sim;

import org.jspecify.annotations.Nullable;

/** When shares of a whole were first reached, in simulated seconds; null where never. */
public record Milestones(
        @Nullable Double p50Seconds,
        @Nullable Double p90Seconds,
        @Nullable Double p99Seconds,
        @Nullable Double p100Seconds) {}
