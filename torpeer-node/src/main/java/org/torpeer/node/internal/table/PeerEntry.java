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

    /** Dials in a row that did not reach the peer, whoever's failure it was. */
    int setbacks;
    /** Whether any dial has ended since the peer was heard of, with whatever result. */
    boolean tried;
    /** How often the peer changed its record since then, on the loop's time. */
    int changes;

    long changesSince;
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
        return !tried && record.content().state() == PeerState.ACTIVE;
    }

    /** Whether the peer handed over to a successor that is still to be authenticated. */
    boolean followable() {
        return status == PeerStatus.LEFT
                && verifiedAt != null
                && record.content().successor() != null;
    }

    /** Whether no dial has shown that the peer is there now. */
    public boolean unchecked() {
        return status != PeerStatus.ONLINE;
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
