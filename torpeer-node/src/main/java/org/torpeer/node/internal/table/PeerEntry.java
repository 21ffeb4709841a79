package org.torpeer.node.internal.table;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;

/** What the table holds of one peer; changed by {@link PeerTable} alone. */
public final class PeerEntry {
    SignedPeerRecord record;
    PeerStatus status = PeerStatus.UNKNOWN;

    @Nullable
    Instant verifiedAt;

    int failures;
    /** Not to be dialed before this time of the loop. */
    long notBefore;
    /** Whether a dial is under way or waits for its turn. */
    boolean dialing;

    PeerEntry(SignedPeerRecord record, @Nullable Instant verifiedAt, long notBefore) {
        this.record = record;
        this.verifiedAt = verifiedAt;
        this.notBefore = notBefore;
        this.status = statusOf(record);
    }

    public PeerId id() {
        return record.peer();
    }

    public Endpoint endpoint() {
        return record.content().endpoint();
    }

    public SignedPeerRecord record() {
        return record;
    }

    public @Nullable Instant verifiedAt() {
        return verifiedAt;
    }

    /** Whether the peer could be dialed and has not been so far. */
    public boolean untried() {
        return verifiedAt == null && failures == 0 && record.content().state() == PeerState.ACTIVE;
    }

    /** Whether the peer handed over to a successor that is still to be authenticated. */
    boolean followable() {
        return status == PeerStatus.LEFT
                && verifiedAt != null
                && record.content().successor() != null;
    }

    /** Whether no dial has told yet how the peer is now. */
    public boolean unchecked() {
        return status == PeerStatus.UNKNOWN;
    }

    public KnownPeer snapshot(boolean connected) {
        return new KnownPeer(record, status, verifiedAt, connected);
    }

    static PeerStatus statusOf(SignedPeerRecord record) {
        return switch (record.content().state()) {
            case ACTIVE -> PeerStatus.UNKNOWN;
            case LEAVING -> PeerStatus.LEFT;
            case REVOKED -> PeerStatus.REVOKED;
        };
    }
}
