package org.torpeer.transport.loopback.virtual;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;

/**
 * The machine a simulated node is on.
 *
 * @param clockSkew how far its wall clock is ahead of the world's; negative if it is behind
 * @param offloadCost how long each offloaded task occupies it; such tasks wait for each other, as on one core
 */
public record Conditions(Duration clockSkew, Duration offloadCost) {
    /** A clock that is right, and work that takes no time. */
    public static final Conditions IDEAL = new Conditions(Duration.ZERO, Duration.ZERO);

    public Conditions {
        if (offloadCost.isNegative()) {
            throw new InvalidInputException("work takes no less than no time, not " + offloadCost);
        }
    }
}
