package org.torpeer.pow;

import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.internal.KernelCatalogue;
import org.torpeer.pow.kernel.KernelVerdict;

/**
 * The kernels of the built-in algorithms {@code sha256} and {@code scrypt} on this JVM: {@code portable} everywhere;
 * {@code arrays}, which is plain Java too, where the compiler makes vectors of its loops; those called {@code vector-} and
 * a number of lanes where the module {@code jdk.incubator.vector} was added when it started.
 * Which one {@link org.torpeer.api.spi.pow.PowAlgorithm#newKernel} gives is decided once, by trying them: a kernel must
 * agree with the reference, allocate nothing for an attempt, and be the fastest.
 *
 * <p>The system properties {@code torpeer.pow.sha256.kernels} and {@code torpeer.pow.scrypt.kernels}, read at that time,
 * name the kernels that alone may be used, separated by commas. Safe for several threads.
 */
public final class Kernels {
    private Kernels() {}

    /**
     * What came of trying the kernels of an algorithm; the first call may take some seconds.
     *
     * @throws InvalidInputException if it is not a built-in algorithm
     */
    public static List<KernelVerdict> of(String algorithm) {
        return KernelCatalogue.verdicts(algorithm);
    }

    /**
     * The name of the kernel that searches with these parameters.
     *
     * @throws InvalidInputException if the algorithm is not built in or refuses the parameters
     */
    public static String searching(String algorithm, String parameters) {
        return KernelCatalogue.searching(algorithm, parameters);
    }

    /**
     * A certain kernel, to compare kernels with.
     *
     * @throws InvalidInputException if the algorithm is not built in or refuses the parameters, or this JVM has no such
     *     kernel that computes correctly
     */
    public static PowKernel newKernel(String algorithm, String parameters, String kernel) {
        return KernelCatalogue.newKernel(algorithm, parameters, kernel);
    }
}
