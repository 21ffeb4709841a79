package org.torpeer.sim;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;

/**
 * Routers that go for good, without a word.
 *
 * @param at when
 * @param share of the routers that does; the first one stays in any case, or nobody could join at all
 */
public record RouterLoss(Duration at, double share) {
    public RouterLoss {
        if (at.isNegative()) {
            throw new InvalidInputException("routers cannot go before the run begins");
        }
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidInputException("a share is 0 to 1, not " + share);
        }
    }
}
