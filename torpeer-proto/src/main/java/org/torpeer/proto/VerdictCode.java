package org.torpeer.proto;

/** How an acceptor ends the handshake. */
public enum VerdictCode {
    ACCEPT,
    /** No room now; try again later. */
    BUSY,
    /** The dialer's record is not acceptable. */
    BAD_RECORD,
    BAD_SIGNATURE,
    /** The dialer's proof of work is not what the network demands. */
    PROOF_TOO_SMALL,
    /** There is a session between the two already, and it is kept. */
    DUPLICATE,
    BANNED,
    /** The dialer's key was revoked. */
    REVOKED
}
