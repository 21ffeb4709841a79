package org.torpeer.cli.pow;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.cli.terminal.Table;
import org.torpeer.pow.calibration.AlgorithmFigures;
import org.torpeer.pow.calibration.AttackCost;
import org.torpeer.pow.calibration.CalibrationReport;
import org.torpeer.pow.calibration.Machine;
import org.torpeer.pow.calibration.SolveCheck;

/** A calibration as a person reads it on a terminal. */
public final class CalibrationText {
    private CalibrationText() {}

    /** Lines of at most a hundred characters. */
    public static List<String> lines(CalibrationReport report) {
        List<String> lines = new ArrayList<>();
        lines.add(machine(report.machine()));
        lines.add("");
        lines.addAll(algorithms(report.algorithms()));
        lines.add("");
        lines.add("What that costs others, at those bits");
        lines.add("");
        lines.addAll(attackers(report.attackers()));
        lines.add("");
        lines.addAll(check(report.check()));
        return lines;
    }

    static String machine(Machine machine) {
        return machine.os() + " " + machine.architecture() + ", Java " + machine.java() + ", " + machine.threads()
                + " of " + machine.processors() + " processors";
    }

    private static List<String> algorithms(List<AlgorithmFigures> algorithms) {
        Table table =
                new Table("algorithm", "kernel", "1 thread", "all", "bits", "p50", "p95", "p99", "verify", "memory");
        algorithms.forEach(figures -> table.row(
                title(figures.name(), figures.parameters()),
                figures.kernel(),
                Amounts.count(figures.perThread()) + "/s",
                Amounts.count(figures.total()) + "/s",
                Integer.toString(figures.bits()),
                Amounts.time(figures.p50Seconds()),
                Amounts.time(figures.p95Seconds()),
                Amounts.time(figures.p99Seconds()),
                Amounts.time(figures.verifyMillis() / 1e3),
                Amounts.memory(figures.memoryBytes())));
        return table.lines();
    }

    private static List<String> attackers(List<AttackCost> attackers) {
        Table table = new Table("who", "algorithm", "attempts", "per hour", "one identity", "10,000 identities");
        attackers.forEach(cost -> table.row(
                cost.name(),
                title(cost.algorithm(), cost.parameters()),
                Amounts.count(cost.attemptsPerSecond()) + "/s",
                Amounts.dollars(cost.costPerHour()),
                Amounts.time(cost.secondsPerIdentity()),
                Amounts.dollars(cost.costPer10000())));
        return table.lines();
    }

    private static List<String> check(SolveCheck check) {
        List<String> lines = new ArrayList<>();
        lines.add(check.solves() + " puzzles of " + check.bits() + " bits solved, in attempts");
        lines.add("");
        Table table = new Table("", "predicted", "observed");
        check.quantiles()
                .forEach(quantile -> table.row(
                        "p" + Math.round(quantile.probability() * 100),
                        Amounts.count(quantile.predicted()),
                        Amounts.count(quantile.observed())));
        lines.addAll(table.lines());
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "Kolmogorov-Smirnov distance %.3f, p = %.3f: %s",
                check.statistic(),
                check.pValue(),
                verdict(check)));
        return lines;
    }

    static String verdict(SolveCheck check) {
        return check.pValue() >= 0.01 ? "solving takes what is predicted" : "solving does not take what is predicted";
    }

    static String title(String algorithm, String parameters) {
        return parameters.isEmpty() ? algorithm : algorithm + " " + parameters;
    }
}
