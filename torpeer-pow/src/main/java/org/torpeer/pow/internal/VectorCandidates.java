package org.torpeer.pow.internal;

import java.util.List;

/** The candidates that need the module {@code jdk.incubator.vector}; loaded by name where it is. */
final class VectorCandidates implements FurtherCandidates {
    /**
     * Older compilers leave the vectors of {@code scrypt} as objects, megabytes an attempt, and what trying them leaves
     * behind in the profiles of shared code makes the kernel of {@code sha256} some twenty times slower.
     */
    private static final int SCRYPT_FROM_JAVA = 21;

    VectorCandidates() {}

    @Override
    public List<Sha256Candidate> sha256() {
        return List.of(new Sha256Candidate("vector-" + VectorSha256Kernel.lanes(), VectorSha256Kernel::new));
    }

    @Override
    public List<ScryptCandidate> scrypt() {
        if (Runtime.version().feature() < SCRYPT_FROM_JAVA) {
            return List.of();
        }
        return List.of(
                new ScryptCandidate("vector-1", 1, VectorRoMix::new),
                new ScryptCandidate(
                        "vector-" + VectorLanesRoMix.width(), VectorLanesRoMix.width(), VectorLanesRoMix::new));
    }
}
