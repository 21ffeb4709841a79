package org.torpeer.api.spi.pow;

/** Computes scores; holds the memory it needs and reuses it. Not safe for several threads at once. */
public interface PowKernel {
    /** What {@link #search} returns when no nonce of the range scored enough. */
    int NONE = -1;

    /** The score of a nonce that misses the algorithm's gate: less than any difficulty, so it is never a proof. */
    int GATE_MISSED = -1;

    /**
     * The score of one attempt.
     *
     * @param prefix {@link PowAlgorithm#PREFIX_BYTES} bytes
     * @param nonce all 64 bits used
     * @return leading zero bits, 0 to 256; {@link #GATE_MISSED} if there is a gate and the nonce misses it
     */
    int score(byte[] prefix, long nonce);

    /**
     * Tries {@code first, first + 1, ... first + count - 1} (modulo 2^64) in order.
     *
     * @param count at least 1
     * @param bits the score needed, 0 to 256
     * @return how far after {@code first} the first nonce with that score is, or {@link #NONE}
     */
    int search(byte[] prefix, long first, int count, int bits);
}
