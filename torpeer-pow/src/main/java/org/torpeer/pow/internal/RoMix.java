package org.torpeer.pow.internal;

/**
 * {@code scryptROMix} of RFC 7914, section 5, on one block or on several at once. What it needs beside the table is small
 * and held. Not safe for several threads at once.
 */
interface RoMix {
    /** How many blocks are mixed at once. */
    int lanes();

    /**
     * Mixes {@code 128 * r} bytes of each block in place.
     *
     * @param table at least {@code 32 * N * r * lanes} words, whatever they hold
     * @param blocks one for each lane
     * @param offset where in each block the bytes begin
     */
    void mix(int[] table, byte[][] blocks, int offset);
}
