package org.torpeer.api.spi.pow;

import org.torpeer.api.InvalidInputException;

/**
 * What to search.
 *
 * @param algorithm the function
 * @param parameters its parameters
 * @param prefix {@link PowAlgorithm#PREFIX_BYTES} bytes
 * @param bits the score needed
 * @param firstNonce where to begin
 * @param threads at least 1
 */
public record MiningJob(
        PowAlgorithm algorithm, String parameters, byte[] prefix, int bits, long firstNonce, int threads) {
    public MiningJob {
        if (prefix.length != PowAlgorithm.PREFIX_BYTES) {
            throw new InvalidInputException("a prefix has 44 bytes, not " + prefix.length);
        }
        if (bits < 0 || bits > 255) {
            throw new InvalidInputException("a difficulty is 0 to 255 bits, not " + bits);
        }
        if (threads < 1) {
            throw new InvalidInputException("mining takes at least one thread, not " + threads);
        }
        prefix = prefix.clone();
    }
}
