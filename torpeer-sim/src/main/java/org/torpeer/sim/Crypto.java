package org.torpeer.sim;

/** How the nodes of a run sign and prove. */
public enum Crypto {
    /** Ed25519 signatures and SHA-256 proofs of a few bits, as on the wire. */
    REAL
}
