package org.torpeer.pow.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.spi.pow.PowAlgorithm;
import org.torpeer.api.spi.pow.PowKernel;
import org.torpeer.pow.calibration.SolveCheck.Quantile;

/** Solves puzzles and compares how many attempts they took with the prediction. */
final class PuzzleCheck {
    static final int SOLVES = 100;
    /** So many that the steps of the geometric distribution are too small to see. */
    static final int BITS = 16;

    private static final int RANGE = 1 << 20;

    private final RandomGenerator random;
    private final BooleanSupplier cancelled;

    PuzzleCheck(RandomGenerator random, BooleanSupplier cancelled) {
        this.random = random;
        this.cancelled = cancelled;
    }

    SolveCheck solve() {
        PowKernel kernel = Providers.powAlgorithms().require("sha256").newKernel("");
        List<Long> attempts = new ArrayList<>();
        for (int i = 0; i < SOLVES; i++) {
            byte[] prefix = new byte[PowAlgorithm.PREFIX_BYTES];
            random.nextBytes(prefix);
            attempts.add(attempts(kernel, prefix));
        }
        return compared(attempts, BITS);
    }

    private long attempts(PowKernel kernel, byte[] prefix) {
        long tried = 0;
        while (!cancelled.getAsBoolean()) {
            int found = kernel.search(prefix, tried, RANGE, BITS);
            if (found != PowKernel.NONE) {
                return tried + found + 1;
            }
            tried += RANGE;
        }
        throw new OperationCancelledException("cancelled");
    }

    static SolveCheck compared(List<Long> attempts, int bits) {
        List<Long> sorted = attempts.stream().sorted().toList();
        double[] predicted = sorted.stream()
                .mapToDouble(count -> SolveTimes.probability(count, bits))
                .toArray();
        double statistic = KolmogorovSmirnov.statistic(predicted);
        return new SolveCheck(
                sorted.size(),
                bits,
                statistic,
                KolmogorovSmirnov.pValue(statistic, sorted.size()),
                List.of(quantile(sorted, 0.5, bits), quantile(sorted, 0.95, bits), quantile(sorted, 0.99, bits)),
                sorted);
    }

    private static Quantile quantile(List<Long> sorted, double probability, int bits) {
        int index = (int) Math.ceil(probability * sorted.size()) - 1;
        return new Quantile(probability, SolveTimes.quantile(probability, bits), sorted.get(index));
    }
}
