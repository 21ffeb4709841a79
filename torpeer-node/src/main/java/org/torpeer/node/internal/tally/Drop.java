package org.torpeer.node.internal.tally;

import java.util.Locale;

/** Why something was turned away. */
public enum Drop {
    /** Of records, in the order of the checks. */
    RECORD_UNASKED,
    RECORD_WRONG_ALGORITHM,
    RECORD_WRONG_EPOCH,
    RECORD_FROM_THE_FUTURE,
    RECORD_EXPIRED,
    RECORD_PROOF_TOO_SMALL,
    RECORD_NO_NEWS,
    RECORD_BUSY,
    RECORD_BAD_SIGNATURE,
    RECORD_BAD_SUCCESSOR,
    RECORD_REVOKED,
    RECORD_OVER_BUDGET,
    RECORD_BAD_PROOF,

    /** Of dialers before they had shown who they are. */
    DOOR_CROWDED,
    DOOR_STRANGER,
    DOOR_MALFORMED,
    DOOR_BAD_SIGNATURE,
    DOOR_NO_COMMON_VERSION,
    DOOR_TIMEOUT,
    DOOR_DISCONNECTED,
    /** Nothing was asked for but to see us. Honest peers do that once, with each of those that dialed them. */
    DOOR_LOOKED,

    /** Of dialers that had. */
    DIALER_BANNED,
    DIALER_BAD_RECORD,
    DIALER_NO_PLACE,

    /** Of sessions and what comes over them. */
    SESSION_MADE_ROOM,
    SESSION_TOO_SLOW,
    FRAME_MALFORMED,
    PEERS_UNASKED,
    ASKED_TOO_OFTEN,
    POLICY_TOO_OFTEN,
    REQUEST_BUSY,

    /** Of dials of our own. */
    DIAL_BANNED;

    /** In lower case with hyphens. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
