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

    public String text() {
        return text;
    }
}
