package org.torpeer.sim;

/** How the nodes of a run sign and prove. */
public enum Crypto {
    /**
     * Ed25519 signatures and SHA-256 proofs of a few bits, as on the wire. A signature that was made or verified in this
     * run before is not verified again, for whichever node: the answer would be the same.
     */
    REAL,
    /**
     * For large runs: keyed hashes in place of signatures, as long as those are, and proofs that are only accounted for. All
     * else is the same, every message has the same length, and every check is made.
     */
    SIMULATED
}
