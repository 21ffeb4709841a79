package org.torpeer.bench;

import org.torpeer.api.spi.pow.PowKernel;

/** Finds nonces that pass the gate of {@code scrypt}, of which an evaluation costs what it says. */
record PassingRange(PowKernel sha256, byte[] prefix) {
    private static final int GATE_BITS = 10;

    /** How many nonces from 0 on there are up to the one with which so many have passed. */
    int nonces(int attempts) {
        int at = 0;
        for (int i = 0; i < attempts; i++) {
            at += sha256.search(prefix, at, 1 << 20, GATE_BITS) + 1;
        }
        return at;
    }
}
