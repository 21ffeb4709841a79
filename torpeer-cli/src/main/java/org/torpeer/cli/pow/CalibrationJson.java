package org.torpeer.cli.pow;

import java.util.Map;
import org.torpeer.cli.json.Json;
import org.torpeer.pow.calibration.AlgorithmFigures;
import org.torpeer.pow.calibration.AttackCost;
import org.torpeer.pow.calibration.CalibrationReport;
import org.torpeer.pow.calibration.Machine;
import org.torpeer.pow.calibration.SolveCheck;

/** A calibration as other programs read it: schema {@code torpeer.calibration/1}. */
public final class CalibrationJson {
    private CalibrationJson() {}

    public static Map<String, Object> of(CalibrationReport report) {
        return Json.of(
                "schema",
                "torpeer.calibration/1",
                "machine",
                machine(report.machine()),
                "algorithms",
                report.algorithms().stream().map(CalibrationJson::algorithm).toList(),
                "attackers",
                report.attackers().stream().map(CalibrationJson::attacker).toList(),
                "check",
                check(report.check()));
    }

    private static Map<String, Object> machine(Machine machine) {
        return Json.of(
                "java", machine.java(),
                "os", machine.os(),
                "architecture", machine.architecture(),
                "processors", machine.processors(),
                "threads", machine.threads(),
                "heapBytes", machine.heapBytes());
    }

    private static Map<String, Object> algorithm(AlgorithmFigures figures) {
        return Json.of(
                "name", figures.name(),
                "parameters", figures.parameters(),
                "kernel", figures.kernel(),
                "attemptsPerSecond", Json.of("perThread", figures.perThread(), "total", figures.total()),
                "bits", figures.bits(),
                "p50Seconds", figures.p50Seconds(),
                "p95Seconds", figures.p95Seconds(),
                "p99Seconds", figures.p99Seconds(),
                "verifyMillis", figures.verifyMillis(),
                "memoryBytes", figures.memoryBytes());
    }

    private static Map<String, Object> attacker(AttackCost cost) {
        return Json.of(
                "name", cost.name(),
                "algorithm", cost.algorithm(),
                "attemptsPerSecond", cost.attemptsPerSecond(),
                "costPerHour", cost.costPerHour(),
                "secondsPerIdentity", cost.secondsPerIdentity(),
                "costPer10000", cost.costPer10000(),
                "source", cost.source());
    }

    private static Map<String, Object> check(SolveCheck check) {
        return Json.of(
                "solves", check.solves(),
                "bits", check.bits(),
                "statistic", check.statistic(),
                "pValue", check.pValue());
    }
}
