package org.torpeer.sim;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The network at one moment.
 *
 * @param seconds simulated, since the start
 * @param values what was measured, by the {@link Measure}'s name, in the order to show it
 */
public record Sample(double seconds, Map<String, Double> values) {
    public Sample {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** What was measured under a name, 0 if nothing was. */
    public double value(String name) {
        return values.getOrDefault(name, 0.0);
    }
}
