package org.torpeer.pow.calibration;

import java.util.List;

/**
 * The result of a calibration.
 *
 * @param machine what was measured on
 * @param algorithms one for each of the plan
 * @param attackers for each algorithm those of the table that can compute it
 * @param check whether solving behaves as predicted
 */
public record CalibrationReport(
        Machine machine, List<AlgorithmFigures> algorithms, List<AttackCost> attackers, SolveCheck check) {
    public CalibrationReport {
        algorithms = List.copyOf(algorithms);
        attackers = List.copyOf(attackers);
    }
}
