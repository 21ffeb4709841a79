package org.torpeer.node.internal.handshake;

import java.io.Serial;
import org.torpeer.api.TorPeerException;

/** A handshake did not come to an authenticated session. */
public final class HandshakeException extends TorPeerException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public HandshakeException(Reason reason, String message) {
        super(message);
        this.reason = reason;
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
        /** The dialer does not know the network, or dialed another key than ours. It gets no answer at all. */
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
        /** The connection ended. */
        DISCONNECTED(true),
        /** It ended on our side, or we cannot judge the peer now: too much to verify, or our clock or its is off. */
        LOCAL(false);

        private final boolean peersOwn;

        Reason(boolean peersOwn) {
            this.peersOwn = peersOwn;
        }
    }
}
