package org.torpeer.cli.pow;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.pow.calibration.AlgorithmFigures;
import org.torpeer.pow.calibration.AttackCost;
import org.torpeer.pow.calibration.CalibrationPlan;
import org.torpeer.pow.calibration.CalibrationReport;
import org.torpeer.pow.calibration.SolveCheck;
import org.torpeer.pow.calibration.Target;
import org.torpeer.sim.internal.plot.Axis;
import org.torpeer.sim.internal.plot.Html;
import org.torpeer.sim.internal.plot.Plot;

/** A calibration as one page of HTML that needs nothing else: figures, solve times, and cost against waiting time. */
public final class CalibrationPage {
    private static final double IDENTITIES = 10_000;

    private final Target target;
    private final double deviceFactor;
    private final CalibrationReport report;

    public CalibrationPage(CalibrationPlan plan, CalibrationReport report) {
        target = plan.target();
        deviceFactor = plan.deviceFactor();
        this.report = report;
    }

    public String text() {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                + "<title>Proof of work for " + Html.text(goal()) + "</title>\n<style>\n" + style()
                + "</style>\n</head>\n<body>\n<main>\n" + head() + algorithms() + "<div class=\"plots\">\n"
                + solveTimes() + check() + "</div>\n" + costs() + attackers() + "</main>\n</body>\n</html>\n";
    }

    private String goal() {
        return percent(target.quantile()) + " solved within " + round(Amounts.time(seconds()));
    }

    private String head() {
        return "<h1>What proofs of work cost</h1>\n<p>Target: " + Html.text(goal())
                + (deviceFactor == 1
                        ? ""
                        : ", on a device " + Html.text(round(Amounts.count(deviceFactor)))
                                + " times slower than this machine")
                + ".</p>\n<p class=\"dim\">Measured on " + Html.text(CalibrationText.machine(report.machine()))
                + "</p>\n";
    }

    private String algorithms() {
        List<List<String>> rows = report.algorithms().stream()
                .map(figures -> List.of(
                        title(figures),
                        Integer.toString(figures.bits()),
                        Amounts.time(figures.p50Seconds()),
                        Amounts.time(figures.p95Seconds()),
                        Amounts.time(figures.p99Seconds()),
                        Amounts.count(figures.perThread()) + "/s",
                        Amounts.count(figures.total()) + "/s",
                        Amounts.time(figures.verifyMillis() / 1e3),
                        Amounts.memory(figures.memoryBytes()),
                        figures.kernel()))
                .toList();
        return "<h2>Recommended difficulty</h2>\n"
                + Html.table(
                        List.of(
                                "algorithm",
                                "bits",
                                "p50",
                                "p95",
                                "p99",
                                "one thread",
                                "all threads",
                                "verifying",
                                "memory a thread",
                                "kernel"),
                        rows);
    }

    private String solveTimes() {
        double latest = report.algorithms().stream()
                .mapToDouble(AlgorithmFigures::p99Seconds)
                .reduce(seconds() * 1.1, Math::max);
        Plot plot = new Plot(
                new Axis(0, latest, false, "waiting time", value -> value == 0 ? "0" : round(Amounts.time(value))),
                new Axis(0, 1, false, "solved by then", CalibrationPage::percent));
        for (int i = 0; i < report.algorithms().size(); i++) {
            double mean = mean(report.algorithms().get(i));
            plot.curve(time -> -Math.expm1(-time / mean), colour(i));
        }
        plot.mark(seconds(), "target");
        plot.dot(seconds(), target.quantile(), "target", goal());
        return figure(
                "How long solving takes",
                plot.svg("The part of all puzzles solved by a time, for each algorithm"),
                algorithmLegend(),
                "At the recommended bits. A bit more doubles the time, so whole bits leave some of the target unused.");
    }

    private String check() {
        SolveCheck check = report.check();
        double mean = Math.scalb(1.0, check.bits());
        double[] attempts =
                check.attempts().stream().mapToDouble(Long::doubleValue).toArray();
        double[] parts = new double[attempts.length];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = (i + 1.0) / parts.length;
        }
        double most = Math.max(5 * mean, attempts.length == 0 ? 0 : attempts[attempts.length - 1]);
        Plot plot = new Plot(
                new Axis(0, most, false, "attempts", value -> value == 0 ? "0" : round(Amounts.count(value))),
                new Axis(0, 1, false, "solved by then", CalibrationPage::percent));
        plot.curve(count -> -Math.expm1(-count / mean), "line predicted");
        plot.staircase(attempts, parts, colour(0));
        String legend = legend(List.of("line predicted", colour(0)), List.of("predicted", "observed"));
        String words = String.format(
                Locale.ROOT,
                "%d puzzles of %d bits: Kolmogorov-Smirnov distance %.3f, p = %.3f; %s.",
                check.solves(),
                check.bits(),
                check.statistic(),
                check.pValue(),
                CalibrationText.verdict(check));
        return figure(
                "Real solves against the prediction",
                plot.svg("The part of puzzles solved by a number of attempts"),
                legend,
                words);
    }

    private String costs() {
        double from = seconds() / 100;
        double to = seconds() * 1000;
        double least = Double.MAX_VALUE;
        double most = 0;
        for (AttackCost cost : report.attackers()) {
            least = Math.min(least, costAt(cost, from));
            most = Math.max(most, costAt(cost, to));
        }
        if (most <= 0) {
            return "";
        }
        Plot plot = new Plot(
                new Axis(from, to, true, "waiting time on the device, p95", value -> round(Amounts.time(value))),
                new Axis(least, most, true, "10,000 identities", CalibrationPage::dollars));
        List<String> looks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (AttackCost cost : report.attackers()) {
            String look = colour(index(cost)) + " " + dashes(cost.name());
            looks.add(look);
            names.add(cost.name() + ", " + CalibrationText.title(cost.algorithm(), cost.parameters()));
            plot.curve(wait -> costAt(cost, wait), look);
        }
        plot.mark(seconds(), "target");
        return "<div class=\"plots\">\n"
                + figure(
                        "Cost against waiting time",
                        plot.svg(
                                "What ten thousand identities cost an attacker, by the time an honest user waits for one"),
                        legend(looks, names),
                        "What an attacker pays for 10,000 identities if honest users wait that long for one. For who has the same"
                                + " machine as they have, that is the same with any algorithm.")
                + "</div>\n";
    }

    private String attackers() {
        List<List<String>> rows = report.attackers().stream()
                .map(cost -> List.of(
                        cost.name(),
                        CalibrationText.title(cost.algorithm(), cost.parameters()),
                        Amounts.count(cost.attemptsPerSecond()) + "/s",
                        Amounts.dollars(cost.costPerHour()),
                        Amounts.time(cost.secondsPerIdentity()),
                        Amounts.dollars(cost.costPerIdentity()),
                        Amounts.dollars(cost.costPer10000()),
                        cost.source()))
                .toList();
        return "<h2>Attackers at the recommended bits</h2>\n"
                + Html.table(
                        List.of(
                                "who",
                                "algorithm",
                                "attempts",
                                "per hour",
                                "time for one",
                                "one identity",
                                "10,000 identities",
                                "source"),
                        rows);
    }

    /** What an attacker pays where the device waits so long: cost and waiting time are both proportional to 2^bits. */
    private double costAt(AttackCost cost, double p95Seconds) {
        AlgorithmFigures figures = report.algorithms().get(index(cost));
        return IDENTITIES * cost.costPerIdentity() * p95Seconds / (mean(figures) * -Math.log(0.05));
    }

    private double mean(AlgorithmFigures figures) {
        return Math.scalb(1.0, figures.bits()) * deviceFactor / figures.total();
    }

    private int index(AttackCost cost) {
        List<AlgorithmFigures> algorithms = report.algorithms();
        for (int i = 0; i < algorithms.size(); i++) {
            AlgorithmFigures figures = algorithms.get(i);
            if (figures.name().equals(cost.algorithm()) && figures.parameters().equals(cost.parameters())) {
                return i;
            }
        }
        throw new IllegalArgumentException("no figures of " + cost.algorithm());
    }

    private String dashes(String attacker) {
        List<String> names =
                report.attackers().stream().map(AttackCost::name).distinct().toList();
        return "dash" + names.indexOf(attacker) % 4;
    }

    private double seconds() {
        return target.time().toNanos() / 1e9;
    }

    private String algorithmLegend() {
        List<String> looks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (AlgorithmFigures figures : report.algorithms()) {
            looks.add(colour(looks.size()));
            names.add(title(figures) + ", " + figures.bits() + " bits");
        }
        return legend(looks, names);
    }

    private static String legend(List<String> looks, List<String> names) {
        StringBuilder legend = new StringBuilder("<ul class=\"legend\">\n");
        for (int i = 0; i < names.size(); i++) {
            legend.append("<li><svg viewBox=\"0 0 34 10\" aria-hidden=\"true\"><polyline class=\"")
                    .append(looks.get(i))
                    .append("\" points=\"0,5 34,5\"/></svg>")
                    .append(Html.text(names.get(i)))
                    .append("</li>\n");
        }
        return legend.append("</ul>\n").toString();
    }

    private static String figure(String title, String plot, String legend, String words) {
        return "<figure>\n<h2>" + Html.text(title) + "</h2>\n" + plot + legend + "<figcaption>" + Html.text(words)
                + "</figcaption>\n</figure>\n";
    }

    private static String title(AlgorithmFigures figures) {
        return CalibrationText.title(figures.name(), figures.parameters());
    }

    private static String colour(int algorithm) {
        return "line colour" + algorithm % 4;
    }

    private static String percent(double part) {
        return Math.round(part * 1e6) / 1e4 % 1 == 0
                ? Math.round(part * 100) + " %"
                : String.format(Locale.ROOT, "%.4f", part * 100).replaceAll("0+$", "") + " %";
    }

    private static String dollars(double amount) {
        if (amount >= 1e6) {
            return "$" + round(Amounts.count(amount));
        }
        return amount >= 1
                ? String.format(Locale.ROOT, "$%,.0f", amount)
                : "$" + String.format(Locale.ROOT, "%.0e", amount).replace("e-0", "e-");
    }

    /** A mark's label without the zeros that a round number has after its point. */
    private static String round(String amount) {
        return amount.replaceFirst("\\.0+(?![0-9])", "");
    }

    private static String style() {
        try (InputStream in = Objects.requireNonNull(CalibrationPage.class.getResourceAsStream("calibration.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("the page's own style cannot be read", e);
        }
    }
}
