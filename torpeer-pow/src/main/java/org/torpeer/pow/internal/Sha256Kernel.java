package org.torpeer.pow.internal;

import org.torpeer.api.spi.pow.PowKernel;

/** One nonce after the other through the platform's own SHA-256, which uses the processor's instructions for it. */
final class Sha256Kernel implements PowKernel {
    private final Attempt attempt = new Attempt();

    @Override
    public int score(byte[] prefix, long nonce) {
        attempt.prefix(prefix);
        return attempt.leadingZeros(nonce);
    }

    @Override
    public int search(byte[] prefix, long first, int count, int bits) {
        Attempt.checkRange(count, bits);
        attempt.prefix(prefix);
        for (int i = 0; i < count; i++) {
            if (attempt.leadingZeros(first + i) >= bits) {
                return i;
            }
        }
        return NONE;
    }
}
