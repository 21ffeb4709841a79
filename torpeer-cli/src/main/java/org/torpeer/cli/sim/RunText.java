package org.torpeer.cli.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.cli.terminal.Table;
import org.torpeer.sim.Adversary;
import org.torpeer.sim.Band;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.Measure;
import org.torpeer.sim.RunResult;

/** What came of an experiment, in lines for a terminal. */
public final class RunText {
    private static final List<String> ADVERSARIAL = List.of(Measure.MALICIOUS, Measure.ECLIPSED);

    private RunText() {}

    public static List<String> lines(ExperimentResult result) {
        Map<String, Band> bands = result.bands();
        boolean several = result.summarised().size() > 1;
        boolean attacked = result.experiment().first().scenario().adversary() != null;
        Table table = several ? new Table("", "mean", "95 % interval") : new Table("", "value");
        row(
                table,
                several,
                "half of all pairs know each other after",
                bands.get("discovery.p50Seconds"),
                Measure.Unit.SECONDS);
        row(table, several, "90 % do after", bands.get("discovery.p90Seconds"), Measure.Unit.SECONDS);
        row(table, several, "99 % do after", bands.get("discovery.p99Seconds"), Measure.Unit.SECONDS);
        row(table, several, "all do after", bands.get("discovery.p100Seconds"), Measure.Unit.SECONDS);
        row(
                table,
                several,
                "an announcement reaches 90 % in",
                bands.get("dissemination.p90Seconds"),
                Measure.Unit.SECONDS);
        for (String name : List.of(
                Measure.STALE,
                Measure.COMPONENT,
                Measure.CLUSTERING,
                Measure.PATH_LENGTH,
                Measure.MESSAGES_PER_NODE,
                Measure.BYTES_PER_NODE,
                Measure.DIALS_PER_NODE,
                Measure.MALICIOUS,
                Measure.ECLIPSED)) {
            if (!attacked && ADVERSARIAL.contains(name)) {
                continue;
            }
            Measure measure = Measure.named(name);
            row(table, several, measure.title(), bands.get(name), measure.unit());
        }
        List<String> lines = new ArrayList<>(table.lines());
        lines.addAll(attackers(result));
        for (RunResult run : result.runs()) {
            lines.add("seed " + run.plan().seed() + ": trace " + run.traceHash() + ", "
                    + Amounts.time(run.simulatedSeconds()) + " simulated in " + Amounts.time(run.wallSeconds()) + ", "
                    + Amounts.count(run.eventsPerSecond()) + " events/s" + (run.complete() ? "" : ", broken off"));
        }
        return lines;
    }

    /** A line for each choice of defences that somebody played against. */
    private static List<String> attackers(ExperimentResult result) {
        List<String> lines = new ArrayList<>();
        List<ExperimentResult> all = result.compared().isEmpty() ? List.of(result) : result.compared();
        for (ExperimentResult each : all) {
            Adversary adversary = each.experiment().first().scenario().adversary();
            if (adversary != null && !each.runs().isEmpty()) {
                Map<String, Band> bands = each.bands();
                lines.add("defences " + each.defences().text() + ": " + adversary.identities() + " identities for "
                        + text(adversary.coreHoursSpent(), Measure.Unit.NUMBER) + " core-hours, $"
                        + text(adversary.dollarsSpent(), Measure.Unit.NUMBER) + "; eclipsed at most "
                        + text(mean(bands, Measure.MOST_ECLIPSED), Measure.Unit.NUMBER)
                        + " nodes; of whom nodes would connect with "
                        + text(mean(bands, Measure.MALICIOUS_PARTNERS), Measure.Unit.SHARE) + " malicious");
            }
        }
        return lines;
    }

    private static double mean(Map<String, Band> bands, String measure) {
        Band band = bands.get(measure);
        return band == null ? 0 : band.mean();
    }

    private static void row(Table table, boolean several, String name, @Nullable Band band, Measure.Unit unit) {
        String mean = band == null ? "not reached" : text(band.mean(), unit);
        if (several) {
            table.row(
                    name,
                    mean,
                    band == null || band.runs() < 2 ? "" : text(band.low(), unit) + " - " + text(band.high(), unit));
        } else {
            table.row(name, mean);
        }
    }

    private static String text(double value, Measure.Unit unit) {
        return switch (unit) {
            case SECONDS -> Amounts.time(value);
            case SHARE -> Amounts.count(value * 100) + " %";
            case BYTES -> Amounts.memory(Math.round(value));
            case NUMBER -> Amounts.count(value);
        };
    }
}
