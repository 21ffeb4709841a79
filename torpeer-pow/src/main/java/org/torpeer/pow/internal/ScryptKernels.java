package org.torpeer.pow.internal;

import java.util.ArrayList;
import java.util.List;
import org.torpeer.api.spi.pow.PowKernel;

/**
 * The kernels of {@code scrypt} on this JVM, tried when the first one is asked for. Verification takes the fastest mixer
 * of one lane; a search the fastest of all, as long as its table keeps within {@link #MAX_TABLE_BYTES}, and half the heap
 * has room for one on each processor.
 */
final class ScryptKernels {
    /** Names of kernels, separated by commas, that alone may be used. */
    static final String ALLOWED = "torpeer.pow.scrypt.kernels";

    /** The most one search of several lanes may hold. */
    static final long MAX_TABLE_BYTES = 128L << 20;

    private ScryptKernels() {}

    static PowKernel newKernel(ScryptParameters parameters) {
        return newKernel(parameters, Tried.SINGLE, searching(parameters), Sha256Kernels.newKernel());
    }

    /** The kernel that uses one candidate for all it can do. */
    static PowKernel newKernel(ScryptParameters parameters, ScryptCandidate candidate) {
        boolean portable = candidate.name().equals(Candidate.PORTABLE);
        return newKernel(
                parameters,
                candidate.lanes() == 1 ? candidate : Tried.SINGLE,
                candidate,
                portable ? new Sha256Kernel() : Sha256Kernels.newKernel());
    }

    private static PowKernel newKernel(
            ScryptParameters parameters, ScryptCandidate single, ScryptCandidate wide, PowKernel gate) {
        Scrypt one = single.newScrypt(parameters);
        Scrypt several = wide.equals(single) ? one : wide.newScrypt(parameters);
        return new ScryptKernel(gate, one, several);
    }

    /** Which candidate a search with these parameters uses. */
    static ScryptCandidate searching(ScryptParameters parameters) {
        ScryptCandidate fastest = Tried.ALL.chosen();
        return fits(parameters.tableBytes() * fastest.lanes()) ? fastest : Tried.SINGLE;
    }

    static Selection<ScryptCandidate> selection() {
        return Tried.ALL;
    }

    /** What a kernel holds at most. */
    static long memoryBytes(ScryptParameters parameters) {
        return parameters.memoryBytes() * searching(parameters).lanes();
    }

    private static boolean fits(long tableBytes) {
        Runtime machine = Runtime.getRuntime();
        return tableBytes <= MAX_TABLE_BYTES && tableBytes <= machine.maxMemory() / 2 / machine.availableProcessors();
    }

    private static final class Tried {
        static final Selection<ScryptCandidate> ALL;
        static final ScryptCandidate SINGLE;

        static {
            List<ScryptCandidate> candidates = new ArrayList<>();
            candidates.add(new ScryptCandidate(Candidate.PORTABLE, 1, PortableRoMix::new));
            candidates.addAll(FurtherCandidates.here().scrypt());
            ALL = new Selection<>("scrypt", candidates, AllowedKernels.of(ALLOWED));
            List<ScryptCandidate> single = ALL.correct().stream()
                    .filter(candidate -> candidate.lanes() == 1)
                    .toList();
            SINGLE = single.isEmpty() ? candidates.get(0) : ALL.fastest(single);
        }
    }
}
