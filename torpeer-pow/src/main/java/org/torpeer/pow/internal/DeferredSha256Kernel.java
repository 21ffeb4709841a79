package org.torpeer.pow.internal;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.spi.pow.PowKernel;

/** Verifies at once, and asks for a kernel to search with only when it searches: whoever verifies waits for no trial. */
final class DeferredSha256Kernel implements PowKernel {
    private final Sha256Kernel verifying = new Sha256Kernel();
    private final Supplier<PowKernel> maker;
    private @Nullable PowKernel searching;

    DeferredSha256Kernel(Supplier<PowKernel> maker) {
        this.maker = maker;
    }

    @Override
    public int score(byte[] prefix, long nonce) {
        return verifying.score(prefix, nonce);
    }

    @Override
    public int search(byte[] prefix, long first, int count, int bits) {
        PowKernel kernel = searching;
        if (kernel == null) {
            kernel = maker.get();
            searching = kernel;
        }
        return kernel.search(prefix, first, count, bits);
    }
}
