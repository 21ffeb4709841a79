package org.torpeer.api.spi.pow;

import org.torpeer.api.spi.NamedProvider;

/**
 * A proof-of-work function, found by name through {@link java.util.ServiceLoader}. An attempt is a message of 52 bytes:
 * a {@link #PREFIX_BYTES prefix} that names tag and context, and a nonce as unsigned 64-bit big-endian last. Each attempt
 * scores a number of bits; of the nonces that pass the algorithm's gate, if it has one, a score of at least {@code b} has
 * probability {@code 2^-b}, independently for each.
 *
 * @implSpec Implementations are stateless and safe for several threads; state lives in kernels. The score of a message
 *     depends on the message and the parameters alone, for ever.
 */
public interface PowAlgorithm extends NamedProvider {
    /** Length of what comes before the nonce, in bytes. */
    int PREFIX_BYTES = 44;

    /**
     * Of how many bits the algorithm's gate is: a nonce passes it with probability {@code 2^-gateBits}, and one that does
     * not scores {@link PowKernel#GATE_MISSED}.
     *
     * @implSpec A gate is a test on the same message that costs next to nothing, so that junk costs its verifier next to
     *     nothing too. Without one, this is 0.
     */
    default int gateBits() {
        return 0;
    }

    /**
     * Checks parameters without allocating anything for them.
     *
     * @throws org.torpeer.api.InvalidInputException if they are not in canonical form, or this algorithm refuses them
     */
    void checkParameters(String parameters);

    /**
     * Memory one kernel holds at most, while it evaluates, in bytes, to within 1 MiB.
     *
     * @throws org.torpeer.api.InvalidInputException as {@link #checkParameters}
     */
    long memoryBytes(String parameters);

    /**
     * A kernel for one thread at a time.
     *
     * @throws org.torpeer.api.InvalidInputException as {@link #checkParameters}
     */
    PowKernel newKernel(String parameters);
}
