package org.torpeer.node.internal.book;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;

/**
 * What a book has of one peer, as it was when asked for.
 *
 * @param verifiedAt when we last reached it where its record says it is, null if never
 * @param failures dials that failed in a row, for reasons of the peer's own
 * @param tried whether it is among those to connect with
 * @param dialing whether a dial is under way
 */
public record BookEntry(
        SignedPeerRecord record,
        PeerStatus status,
        @Nullable Instant verifiedAt,
        int failures,
        boolean tried,
        boolean dialing) {
    public PeerId id() {
        return record.peer();
    }

    public Endpoint endpoint() {
        return record.content().endpoint();
    }

    /** Whether the peer said goodbye. */
    public boolean left() {
        return status == PeerStatus.LEFT;
    }

    public KnownPeer snapshot(boolean connected) {
        return new KnownPeer(record, status, verifiedAt, connected);
    }
}
