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

    /** What went wrong. */
    public enum Reason {
        /** A message was too long, truncated, garbage or out of turn. */
        MALFORMED,
        /** The dialer does not know the network, or dialed another key than ours. It gets no answer at all. */
        STRANGER,
        /** There is no protocol version both speak. */
        NO_COMMON_VERSION,
        /** The version chosen is not the best both speak, so somebody changed the offer. */
        DOWNGRADE,
        /** The acceptor is somebody else than was dialed. */
        WRONG_PEER,
        /** A signature over the transcript does not hold: a replay, a relay, or a changed message. */
        BAD_SIGNATURE,
        /** The peer's record was refused. */
        RECORD_REFUSED,
        /** The acceptor said no. */
        REJECTED,
        /** It took too long. */
        TIMEOUT,
        /** The connection ended. */
        DISCONNECTED
    }
}
