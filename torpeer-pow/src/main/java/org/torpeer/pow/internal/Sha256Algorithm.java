package org.torpeer.pow.internal;

import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * The score is the number of leading zero bits of SHA-256 (FIPS 180-4) of the message. There are no parameters.
 *
 * <p>It limits how fast identities are made and keeps accidents out; it does not price an attack, as graphics cards and
 * dedicated hardware compute it many thousand times cheaper than a processor. Use {@code scrypt} for that.
 */
public final class Sha256Algorithm implements PowAlgorithm {
    /** Made by {@link java.util.ServiceLoader}. */
    public Sha256Algorithm() {}

    @Override
    public String name() {
        return "sha256";
    }

    @Override
    public void checkParameters(String parameters) {
        if (!parameters.isEmpty()) {
            throw new InvalidInputException("sha256 takes no parameters: leave them empty");
        }
    }

    @Override
    public long memoryBytes(String parameters) {
        checkParameters(parameters);
        return ArraysSha256Kernel.BYTES + (32 << 10);
    }

    @Override
    public PowKernel newKernel(String parameters) {
        checkParameters(parameters);
        return Sha256Kernels.newKernel();
    }
}
