package org.torpeer.node.internal.handshake;

import java.io.Serial;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/** A handshake did not come to an authenticated session. Has no stack trace: strangers bring it about as often as they like. */
public final class HandshakeException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final transient @Nullable Verdict verdict;
    private final transient @Nullable SignedPeerRecord record;

    public HandshakeException(Reason reason, String message) {
        super(message, null, false);
        this.reason = reason;
        this.verdict = null;
        this.record = null;
    }

    private HandshakeException(Verdict verdict, SignedPeerRecord record, String message) {
        super(message, null, false);
        this.reason = Reason.REJECTED;
        this.verdict = verdict;
        this.record = record;
    }

    /** The acceptor, which showed who it is with its record, said no. */
    static HandshakeException rejected(Verdict verdict, SignedPeerRecord record) {
        String later =
                verdict.retryAfterSeconds() == 0 ? "" : ", to be tried again in " + verdict.retryAfterSeconds() + " s";
        return new HandshakeException(verdict, record, "the peer refused us: " + verdict.code() + later);
    }

    /** When the acceptor has no room: how long to wait before another try, as it says; null in any other case. */
    public @Nullable Duration whenBusy() {
        return verdict == null || verdict.code() != VerdictCode.BUSY
                ? null
                : Duration.ofSeconds(verdict.retryAfterSeconds());
    }

    /** The record of an acceptor that has authenticated itself and has no room for us; null in any other case. */
    public @Nullable SignedPeerRecord busyPeer() {
        return whenBusy() == null ? null : record;
    }

    public Reason reason() {
        return reason;
    }

    /** Whether the failure may count against the peer. */
    public boolean peersOwn() {
        return reason.peersOwn;
    }

    /** What went wrong. */
    public enum Reason {
        /** A message was too long, truncated, garbage or out of turn. */
        MALFORMED(true),
        /** The dialer does not know the network, or dialed another key than ours. It gets no answer at all, for as long as others have to greet. */
        STRANGER(true),
        /** There is no protocol version both speak. */
        NO_COMMON_VERSION(true),
        /** The version chosen is not the best both speak, so somebody changed the offer. */
        DOWNGRADE(true),
        /** The acceptor is somebody else than was dialed. */
        WRONG_PEER(true),
        /** A signature over the transcript does not hold: a replay, a relay, or a changed message. */
        BAD_SIGNATURE(true),
        /** The peer's record was refused. */
        RECORD_REFUSED(true),
        /** The acceptor said no: it is there, and is busy or does not like what we are. */
        REJECTED(false),
        /** It took too long. */
        TIMEOUT(true),
        /** The acceptor has heard us, kept silent for as long as it does to strangers, and hung up. */
        UNANSWERED(true),
        /** The connection ended, and did so at the dial before: the peer ends it. */
        DISCONNECTED(true),
        /** The dialer left when we had shown who we are, as one does that only wants to see whether we are there. */
        LOOKED(false),
        /** The connection ended, which may have been our own side's doing. */
        BROKEN(false),
        /** It ended on our side, or we cannot judge the peer now: too much to verify, or our clock or its is off. */
        LOCAL(false);

        private final boolean peersOwn;

        Reason(boolean peersOwn) {
            this.peersOwn = peersOwn;
        }
    }
}
