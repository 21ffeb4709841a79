package org.torpeer.pow.internal;

import java.util.List;

/** The candidates that need the module {@code jdk.incubator.vector}; loaded by name where it is. */
final class VectorCandidates implements FurtherCandidates {
    VectorCandidates() {}

    @Override
    public List<Sha256Candidate> sha256() {
        return List.of(new Sha256Candidate("vector-" + VectorSha256Kernel.lanes(), VectorSha256Kernel::new));
    }

    @Override
    public List<ScryptCandidate> scrypt() {
        return List.of(
                new ScryptCandidate("vector-1", 1, VectorRoMix::new),
                new ScryptCandidate(
                        "vector-" + VectorLanesRoMix.width(), VectorLanesRoMix.width(), VectorLanesRoMix::new));
    }
}
