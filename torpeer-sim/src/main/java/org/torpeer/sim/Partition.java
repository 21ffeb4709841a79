package org.torpeer.sim;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;

/**
 * A time in which some of the participants cannot reach the rest.
 *
 * @param begins when it begins
 * @param heals when it ends
 * @param share of the participants that is separated, 0 to 1
 */
public record Partition(Duration begins, Duration heals, double share) {
    public Partition {
        if (begins.isNegative() || heals.compareTo(begins) <= 0) {
            throw new InvalidInputException("a partition heals after it begins, not at " + heals + " and " + begins);
        }
        if (!(share >= 0 && share <= 1)) {
            throw new InvalidInputException("a share is 0 to 1, not " + share);
        }
    }
}
