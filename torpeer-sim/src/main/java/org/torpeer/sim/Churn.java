package org.torpeer.sim;

import java.time.Duration;
import org.torpeer.api.InvalidInputException;
import org.torpeer.transport.loopback.Latency;

/**
 * Participants that come and go, without a word, for as long as the run lasts.
 *
 * @param begins when they start to
 * @param session how long a participant stays
 * @param absence how long it is away
 * @param keepsState the probability that it comes back with what it knew, rather than with its identity alone
 */
public record Churn(Duration begins, Latency session, Latency absence, double keepsState) {
    public Churn {
        if (begins.isNegative()) {
            throw new InvalidInputException("churn cannot begin before the run does");
        }
        if (!(keepsState >= 0 && keepsState <= 1)) {
            throw new InvalidInputException("a probability is 0 to 1, not " + keepsState);
        }
    }
}
