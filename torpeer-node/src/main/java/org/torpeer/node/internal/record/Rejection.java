package org.torpeer.node.internal.record;

import org.torpeer.node.internal.tally.Drop;

/** Why a record was not taken, in the order of the checks. */
public enum Rejection {
    WRONG_ALGORITHM(Drop.RECORD_WRONG_ALGORITHM, "its proof is not of this network's algorithm and parameters"),
    WRONG_EPOCH(Drop.RECORD_WRONG_EPOCH, "its proof is for another epoch"),
    FROM_THE_FUTURE(Drop.RECORD_FROM_THE_FUTURE, "it was issued in the future"),
    EXPIRED(Drop.RECORD_EXPIRED, "it has expired"),
    PROOF_TOO_SMALL(Drop.RECORD_PROOF_TOO_SMALL, "it claims less work than this network demands"),
    BUSY(Drop.RECORD_BUSY, "too many records wait for verification"),
    BAD_SIGNATURE(Drop.RECORD_BAD_SIGNATURE, "its signature is not valid in this network"),
    BAD_SUCCESSOR(Drop.RECORD_BAD_SUCCESSOR, "the successor it names did not agree"),
    REVOKED(Drop.RECORD_REVOKED, "its key was revoked"),
    OVER_BUDGET(Drop.RECORD_OVER_BUDGET, "too many proofs of its sender's wait for verification"),
    BAD_PROOF(Drop.RECORD_BAD_PROOF, "its proof of work does not hold");

    private final Drop drop;
    private final String text;

    Rejection(Drop drop, String text) {
        this.drop = drop;
        this.text = text;
    }

    /** Whether it may be we who are wrong: by our clock, or because we have too much to do. */
    public boolean perhapsOurs() {
        return this == BUSY || this == OVER_BUDGET || this == FROM_THE_FUTURE || this == EXPIRED;
    }

    /** Whether only somebody who makes records up, or passes them on unchecked, sends such a record. */
    public boolean forged() {
        return this == BAD_SIGNATURE || this == BAD_SUCCESSOR || this == BAD_PROOF;
    }

    /** What it is counted as. */
    public Drop drop() {
        return drop;
    }

    public String text() {
        return text;
    }
}
