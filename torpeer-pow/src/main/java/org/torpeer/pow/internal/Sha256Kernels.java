package org.torpeer.pow.internal;

import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.spi.pow.PowKernel;

/** The kernels of {@code sha256} on this JVM, tried when the first one is asked for. */
final class Sha256Kernels {
    /** Names of kernels, separated by commas, that alone may be used. */
    static final String ALLOWED = "torpeer.pow.sha256.kernels";

    private Sha256Kernels() {}

    static PowKernel newKernel() {
        return Tried.SELECTION.chosen().newKernel();
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
            candidates.addAll(FurtherCandidates.here().sha256());
            return candidates;
        }
    }
}
