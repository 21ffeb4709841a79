package org.torpeer.node.internal.crypto;

import java.util.function.LongToIntFunction;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * A function that is no work: what a nonce scores is said beforehand.
 *
 * @param score asked for each evaluation, by any thread
 */
public record FixedScores(String name, int gateBits, LongToIntFunction score) implements PowAlgorithm {
    @Override
    public void checkParameters(String parameters) {}

    @Override
    public long memoryBytes(String parameters) {
        return 0;
    }

    @Override
    public PowKernel newKernel(String parameters) {
        return new PowKernel() {
            @Override
            public int score(byte[] prefix, long nonce) {
                return score.applyAsInt(nonce);
            }

            @Override
            public int search(byte[] prefix, long first, int count, int bits) {
                return NONE;
            }
        };
    }
}
