package org.torpeer.pow.calibration;

import java.util.List;
import org.torpeer.api.InvalidInputException;

/**
 * What to calibrate for.
 *
 * @param target how long solving may take on the device
 * @param deviceFactor how many times slower the device is than this machine, with the same number of threads: above 0, at
 *     most a million
 * @param threads threads that mine: 1 to 1024
 * @param algorithms what to measure, 1 to 8
 * @param attackers whom to compare with
 */
public record CalibrationPlan(
        Target target, double deviceFactor, int threads, List<Subject> algorithms, AttackerTable attackers) {
    /** An algorithm with its parameters. */
    public record Subject(String algorithm, String parameters) {}

    /** The built-in algorithms: {@code sha256}, and {@code scrypt} with little and with much memory. */
    public static final List<Subject> BUILT_IN = List.of(
            new Subject("sha256", ""),
            new Subject("scrypt", "N=1024,r=8,p=1"),
            new Subject("scrypt", "N=16384,r=8,p=1"));

    private static final double MAX_FACTOR = 1e6;
    private static final int MAX_THREADS = 1024;
    private static final int MAX_ALGORITHMS = 8;

    /** @throws InvalidInputException if a value is out of its range; NaN is */
    public CalibrationPlan {
        if (!(deviceFactor > 0 && deviceFactor <= MAX_FACTOR)) {
            throw new InvalidInputException("a device factor is above 0 and at most 1000000: 10 for a device ten times"
                    + " slower than this machine");
        }
        if (threads < 1 || threads > MAX_THREADS) {
            throw new InvalidInputException("calibration takes 1 to 1024 threads, not " + threads);
        }
        algorithms = List.copyOf(algorithms);
        if (algorithms.isEmpty() || algorithms.size() > MAX_ALGORITHMS) {
            throw new InvalidInputException("calibration measures 1 to 8 algorithms, not " + algorithms.size());
        }
    }

    /** The built-in algorithms and attackers, on all processors. */
    public static CalibrationPlan of(Target target, double deviceFactor) {
        return new CalibrationPlan(
                target, deviceFactor, Runtime.getRuntime().availableProcessors(), BUILT_IN, AttackerTable.builtIn());
    }
}
