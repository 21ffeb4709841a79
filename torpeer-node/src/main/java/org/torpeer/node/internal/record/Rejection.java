package org.torpeer.node.internal.record;

/** Why a record was not taken, in the order of the checks. */
public enum Rejection {
    WRONG_ALGORITHM("its proof is not of this network's algorithm and parameters"),
    WRONG_EPOCH("its proof is for another epoch"),
    FROM_THE_FUTURE("it was issued in the future"),
    EXPIRED("it has expired"),
    PROOF_TOO_SMALL("it claims less work than this network demands"),
    BUSY("too many records wait for verification"),
    BAD_SIGNATURE("its signature is not valid in this network"),
    BAD_SUCCESSOR("the successor it names did not agree"),
    REVOKED("its key was revoked"),
    BAD_PROOF("its proof of work does not hold");

    private final String text;

    Rejection(String text) {
        this.text = text;
    }

    /** Whether it may be we who are wrong: by our clock, or because we have too much to do. */
    public boolean perhapsOurs() {
        return this == BUSY || this == FROM_THE_FUTURE || this == EXPIRED;
    }

    /** Whether only somebody who makes records up, or passes them on unchecked, sends such a record. */
    public boolean forged() {
        return this == BAD_SIGNATURE || this == BAD_SUCCESSOR || this == BAD_PROOF;
    }

    public String text() {
        return text;
    }
}
