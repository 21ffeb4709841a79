package org.torpeer.proto;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;

/**
 * What a node keeps of a peer.
 *
 * @param verifiedAt when we last dialed and authenticated the peer ourselves, whole seconds after 1970; null if never
 */
public record StoredPeer(SignedPeerRecord record, @Nullable Instant verifiedAt) {
    private static final Instant FIRST = Instant.ofEpochSecond(1);
    static final Instant LAST = Instant.ofEpochSecond(253_402_300_799L);

    /** Takes {@code verifiedAt} to the whole second before it, and within what can be stored. */
    public StoredPeer {
        verifiedAt = verifiedAt == null ? null : bounded(verifiedAt.truncatedTo(ChronoUnit.SECONDS));
    }

    private static Instant bounded(Instant time) {
        if (time.isBefore(FIRST)) {
            return FIRST;
        }
        return time.isAfter(LAST) ? LAST : time;
    }
}
