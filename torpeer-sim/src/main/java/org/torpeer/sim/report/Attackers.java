package org.torpeer.sim.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.Adversary;
import org.torpeer.sim.Band;
import org.torpeer.sim.Defences;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.Measure;
import org.torpeer.sim.internal.plot.Html;

/** What adversaries paid and achieved, as a table with a row for each choice of defences. */
final class Attackers {
    private Attackers() {}

    static String name(Defences defences) {
        return switch (defences) {
            case NONE -> "no defences";
            case PROOF -> "proof of work alone";
            case BOOK -> "the book's defences alone";
            case ALL -> "both";
        };
    }

    /** Empty if nobody played against the network. */
    static String table(ExperimentResult result) {
        List<ExperimentResult> all = result.compared().isEmpty() ? List.of(result) : result.compared();
        List<List<String>> rows = all.stream()
                .filter(each -> !each.runs().isEmpty() && adversary(each) != null)
                .map(Attackers::row)
                .toList();
        return rows.isEmpty()
                ? ""
                : Html.table(
                        List.of(
                                "against",
                                "identities",
                                "core-hours",
                                "cost",
                                "eclipsed at most",
                                "malicious partners"),
                        rows);
    }

    private static List<String> row(ExperimentResult result) {
        Adversary adversary = adversary(result);
        Map<String, Band> bands = result.bands();
        return List.of(
                name(result.defences()),
                adversary == null ? "" : String.valueOf(adversary.identities()),
                adversary == null ? "" : Quantity.number(adversary.coreHoursSpent()),
                adversary == null ? "" : "$" + Quantity.number(adversary.dollarsSpent()),
                text(bands.get(Measure.MOST_ECLIPSED), Measure.Unit.NUMBER),
                text(bands.get(Measure.MALICIOUS_PARTNERS), Measure.Unit.SHARE));
    }

    private static String text(@Nullable Band band, Measure.Unit unit) {
        return band == null ? "" : Quantity.of(band.mean(), unit);
    }

    private static @Nullable Adversary adversary(ExperimentResult result) {
        return result.experiment().first().scenario().adversary();
    }
}
