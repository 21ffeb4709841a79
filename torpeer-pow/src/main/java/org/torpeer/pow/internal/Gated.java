package org.torpeer.pow.internal;

/**
 * An algorithm of which only some nonces count at all: those that pass a cheap test on the same message. The others
 * score {@link #GATE_MISSED}.
 */
interface Gated {
    /** Less than any difficulty, so a nonce that misses the gate is never a proof. */
    int GATE_MISSED = -1;

    /** A nonce passes with probability {@code 2^-gateBits}. */
    int gateBits();
}
