package org.torpeer.pow.internal;

import java.util.List;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.kernel.KernelVerdict;

/** Kernels by the names of their algorithms. */
public final class KernelCatalogue {
    private static final String SHA256 = new Sha256Algorithm().name();
    private static final String SCRYPT = new ScryptAlgorithm().name();

    private KernelCatalogue() {}

    /** See {@link org.torpeer.pow.Kernels#of}. */
    public static List<KernelVerdict> verdicts(String algorithm) {
        return selection(algorithm).verdicts();
    }

    /** See {@link org.torpeer.pow.Kernels#searching}. */
    public static String searching(String algorithm, String parameters) {
        if (algorithm.equals(SCRYPT)) {
            return ScryptKernels.searching(ScryptParameters.parse(parameters)).name();
        }
        Candidate chosen = selection(algorithm).chosen();
        new Sha256Algorithm().checkParameters(parameters);
        return chosen.name();
    }

    /** As {@link #searching}, of any algorithm: those from elsewhere have one kernel, their own. */
    public static String nameFor(String algorithm, String parameters) {
        boolean builtIn = algorithm.equals(SHA256) || algorithm.equals(SCRYPT);
        return builtIn ? searching(algorithm, parameters) : "own";
    }

    /** See {@link org.torpeer.pow.Kernels#newKernel}. */
    public static PowKernel newKernel(String algorithm, String parameters, String kernel) {
        if (algorithm.equals(SCRYPT)) {
            ScryptParameters parsed = ScryptParameters.parse(parameters);
            return ScryptKernels.newKernel(parsed, named(ScryptKernels.selection(), kernel));
        }
        selection(algorithm);
        new Sha256Algorithm().checkParameters(parameters);
        return named(Sha256Kernels.selection(), kernel).newKernel();
    }

    private static Selection<?> selection(String algorithm) {
        if (algorithm.equals(SHA256)) {
            return Sha256Kernels.selection();
        }
        if (algorithm.equals(SCRYPT)) {
            return ScryptKernels.selection();
        }
        throw new InvalidInputException("kernels are known of the algorithms sha256 and scrypt only");
    }

    private static <C extends Candidate> C named(Selection<C> selection, String kernel) {
        return selection.correct().stream()
                .filter(candidate -> candidate.name().equals(kernel))
                .findFirst()
                .orElseThrow(() -> new InvalidInputException("this JVM has no such kernel: there is "
                        + String.join(
                                ", ",
                                selection.correct().stream()
                                        .map(Candidate::name)
                                        .toList())));
    }
}
