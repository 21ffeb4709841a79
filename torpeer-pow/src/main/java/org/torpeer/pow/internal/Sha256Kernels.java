package org.torpeer.pow.internal;

import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.spi.pow.PowKernel;

/** The kernels of {@code sha256} on this JVM, tried when one first searches. */
final class Sha256Kernels {
    /** Names of kernels, separated by commas, that alone may be used. */
    static final String ALLOWED = "torpeer.pow.sha256.kernels";

    /** What the compiler makes vectors of by itself. */
    private static final String ARRAYS = "arrays";

    private Sha256Kernels() {}

    static PowKernel newKernel() {
        return new DeferredSha256Kernel(() -> Tried.SELECTION.chosen().newKernel());
    }

    static Selection<Sha256Candidate> selection() {
        return Tried.SELECTION;
    }

    private static final class Tried {
        static final Selection<Sha256Candidate> SELECTION =
                new Selection<>("sha256", candidates(), AllowedKernels.of(ALLOWED));

        private static List<Sha256Candidate> candidates() {
            List<Sha256Candidate> candidates = new ArrayList<>();
            candidates.add(new Sha256Candidate(Candidate.PORTABLE, Sha256Kernel::new));
            candidates.add(new Sha256Candidate(ARRAYS, ArraysSha256Kernel::new));
            candidates.addAll(FurtherCandidates.here().sha256());
            return candidates;
        }
    }
}
