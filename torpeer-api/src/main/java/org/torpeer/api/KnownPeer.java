package org.torpeer.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of the peer table as it was at some moment.
 *
 * @param verifiedAt when we last dialed and authenticated the peer ourselves, null if never
 * @param connected whether a session with the peer was open
 */
public record KnownPeer(
        SignedPeerRecord record,
        PeerStatus status,
        @Nullable Instant verifiedAt,
        boolean connected) {
    public PeerId id() {
        return record.peer();
    }

    public Endpoint endpoint() {
        return record.content().endpoint();
    }

    /** Whether the peer's record says that it answers requests of the protocol. */
    public boolean speaks(String protocol) {
        return record.content().protocols().contains(protocol);
    }

    /** Whether we have dialed and authenticated the peer ourselves; only such peers are passed on to others. */
    public boolean verified() {
        return verifiedAt != null;
    }
}
