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
    /** Of a session and an absence: otherwise nodes do so much in no time that time hardly passes. */
    private static final Duration LEAST = Duration.ofSeconds(1);

    public Churn {
        if (begins.isNegative()) {
            throw new InvalidInputException("churn cannot begin before the run does");
        }
        if (usual(session).plus(usual(absence)).compareTo(LEAST) < 0) {
            throw new InvalidInputException("churn.session and churn.absence take a second or more together");
        }
        if (!(keepsState >= 0 && keepsState <= 1)) {
            throw new InvalidInputException("a probability is 0 to 1, not " + keepsState);
        }
    }

    private static Duration usual(Latency each) {
        if (each instanceof Latency.Uniform uniform) {
            return uniform.most();
        }
        return each instanceof Latency.Lognormal lognormal ? lognormal.median() : each.least();
    }
}
