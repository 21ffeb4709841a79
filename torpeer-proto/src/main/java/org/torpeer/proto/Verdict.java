package org.torpeer.proto;

/**
 * Fourth message of the handshake, by the acceptor.
 *
 * @param retryAfterSeconds when it makes sense to try again, 0 if nothing is said; at most a day
 */
public record Verdict(VerdictCode code, int retryAfterSeconds) {
    /** Longest time a verdict may name. */
    public static final int MAX_RETRY_AFTER_SECONDS = 86_400;

    /**
     * @throws MalformedException BAD_FIELD if the time is out of range
     */
    public Verdict {
        Fields.range("the time to retry after", retryAfterSeconds, 0, MAX_RETRY_AFTER_SECONDS);
    }
}
