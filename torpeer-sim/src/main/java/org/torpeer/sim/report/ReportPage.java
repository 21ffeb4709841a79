package org.torpeer.sim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.torpeer.sim.Band;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.Measure;
import org.torpeer.sim.Milestones;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.ScenarioFile;
import org.torpeer.sim.internal.plot.Html;

/** An experiment as one page of HTML that needs nothing else, and no network. */
final class ReportPage {
    private static final Map<String, String> MILESTONES = new LinkedHashMap<>();
    private static final List<String> HIDDEN =
            List.of(Measure.MESSAGES, Measure.BYTES, Measure.DIALS, Measure.FAILED_DIALS, Measure.EVENTS);
    /** Zero where nobody plays against the network. */
    private static final List<String> ADVERSARIAL = List.of(
            Measure.MALICIOUS,
            Measure.SURROUNDED,
            Measure.ECLIPSED,
            Measure.MOST_ECLIPSED,
            Measure.MALICIOUS_PARTNERS,
            Measure.VICTIMS_PARTNERS);

    static {
        MILESTONES.put(RunResult.DISCOVERY, "pairs know each other");
        MILESTONES.put(RunResult.CONTACT, "pairs have authenticated each other");
        MILESTONES.put(RunResult.DISSEMINATION, "others know the last to come");
    }

    private final ExperimentResult result;
    private final RunPlan plan;
    private final Map<String, Band> bands;

    ReportPage(ExperimentResult result) {
        this.result = result;
        this.plan = result.experiment().first();
        this.bands = result.bands();
    }

    String text() {
        StringBuilder charts = new StringBuilder();
        Charts.of(result).forEach(chart -> charts.append(chart.figure()));
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
                + Html.text(title()) + "</title>\n<style>\n" + Asset.read("report.css")
                + "</style>\n</head>\n<body>\n<main>\n" + head() + front() + cards() + network()
                + "<section class=\"plots\">\n"
                + charts + dials() + "</section>\n" + milestones() + measures() + runs() + configuration()
                + "</main>\n" + script() + "</body>\n</html>\n";
    }

    private String title() {
        return plan.scenario().name() + ", " + plan.nodes() + " nodes";
    }

    private String head() {
        List<RunResult> summarised = result.summarised();
        long first = summarised.get(0).plan().seed();
        String seeds = summarised.size() == 1 ? "seed " + first : summarised.size() + " seeds from " + first;
        return "<header>\n<h1>" + Html.text(title()) + "</h1>\n<p>"
                + Html.text(plan.scenario().about()) + "</p>\n<p class=\"dim\">"
                + Html.text(seeds + " \u00b7 " + plan.crypto().name().toLowerCase(Locale.ROOT) + " cryptography \u00b7 "
                        + Quantity.number((double) result.first().events()) + " events \u00b7 trace "
                        + result.first().traceHash())
                + "</p>\n" + warnings() + "</header>\n";
    }

    private String warnings() {
        List<String> warnings = new ArrayList<>();
        if (!result.complete()) {
            warnings.add(brokenOff(result.runs().size() - result.partial().size()));
        }
        long failed = result.runs().stream().mapToLong(RunResult::failedTasks).sum();
        if (failed > 0) {
            warnings.add(failed + " tasks of nodes failed: results are not to be trusted.");
        }
        StringBuilder text = new StringBuilder();
        warnings.forEach(warning ->
                text.append("<p class=\"warning\">").append(Html.text(warning)).append("</p>\n"));
        return text.toString();
    }

    /**
     * @param whole how many seeds came to their end
     */
    private String brokenOff(int whole) {
        StringBuilder text = new StringBuilder("Broken off: ")
                .append(whole)
                .append(" of ")
                .append(result.experiment().seeds())
                .append(result.experiment().seeds() == 1 ? " seed" : " seeds")
                .append(" came to their end, and ")
                .append(
                        whole == 0
                                ? "what is shown is seed "
                                        + result.first().plan().seed() + " alone, as far as it came."
                                : "all means are over these.");
        for (RunResult run : result.partial()) {
            text.append(" Seed ")
                    .append(run.plan().seed())
                    .append(" was broken off after ")
                    .append(Quantity.time(run.simulatedSeconds()))
                    .append('.');
        }
        if (!result.comparedWhole()) {
            text.append(" What it is compared with is not whole either.");
        }
        return text.toString();
    }

    /** What an adversary achieved comes first, with what was compared. */
    private String front() {
        String table = Attackers.table(result);
        if (table.isEmpty()) {
            return "";
        }
        StringBuilder charts = new StringBuilder();
        Charts.compared(result).forEach(chart -> charts.append(chart.figure()));
        return (charts.isEmpty() ? "" : "<section class=\"plots\">\n" + charts + "</section>\n")
                + "<h2>The adversary</h2>\n" + table
                + note(
                        "Identities are as many as the budget buys by the mean work for a proof; where no proof is demanded,"
                                + " as many as the scenario grants. Partners are the peers that nodes have reached and would"
                                + " connect with.");
    }

    private String cards() {
        return "<section class=\"cards\">\n"
                + card("half of all pairs know each other", band("discovery.p50Seconds"), Measure.Unit.SECONDS)
                + card("99 % of all pairs know each other", band("discovery.p99Seconds"), Measure.Unit.SECONDS)
                + card("all pairs know each other", band("discovery.p100Seconds"), Measure.Unit.SECONDS)
                + card("an announcement reaches 90 %", band("dissemination.p90Seconds"), Measure.Unit.SECONDS)
                + card("delivered to a node", band(Measure.BYTES_PER_NODE), Measure.Unit.BYTES)
                + card("dials of a node", band(Measure.DIALS_PER_NODE), Measure.Unit.NUMBER)
                + card("of what is known is stale", band(Measure.STALE), Measure.Unit.SHARE)
                + (attacked()
                        ? card("eclipsed nodes", band(Measure.ECLIPSED), Measure.Unit.NUMBER)
                        : card("of the running nodes are connected", band(Measure.COMPONENT), Measure.Unit.SHARE))
                + "</section>\n";
    }

    private static String card(String name, @Nullable Band band, Measure.Unit unit) {
        String value = band == null ? "not reached" : Quantity.of(band.mean(), unit);
        String spread = band == null || band.runs() < 2 || band.low() == band.high() ? "" : interval(band, unit);
        return "<div class=\"card\"><strong>" + Html.text(value) + "</strong><span>" + Html.text(name)
                + "</span><small>" + Html.text(spread) + "</small></div>\n";
    }

    private String network() {
        if (result.first().film().isEmpty()) {
            return "";
        }
        int shown = result.first().film().get(0).vertices().size();
        String some =
                shown == plan.population() ? "" : " " + shown + " of the " + plan.population() + " nodes are shown.";
        return "<section class=\"network\">\n<h2>The network through time</h2>\n"
                + "<div class=\"stage\"><canvas id=\"network\" role=\"img\""
                + " aria-label=\"Nodes and the sessions between them at the chosen time\"></canvas>"
                + "<div id=\"hint\"></div></div>\n"
                + "<div class=\"controls\"><button id=\"play\" type=\"button\" aria-label=\"play\">\u25b6</button>"
                + "<input id=\"time\" type=\"range\" min=\"0\" max=\"0\" value=\"0\" step=\"1\" aria-label=\"time\">"
                + "<output id=\"now\"></output></div>\n"
                + "<ul class=\"legend\"><li><i class=\"key knows-none\"></i>knows nobody</li>"
                + "<li><i class=\"key knows-all\"></i>knows everybody</li>"
                + "<li><i class=\"key router\"></i>router</li><li><i class=\"key down\"></i>not running</li>"
                + "<li id=\"bad\" hidden><i class=\"key bad\"></i>malicious</li></ul>\n"
                + "<p class=\"dim\">Lines are open sessions. Seed "
                + result.first().plan().seed() + "." + some + " Touch a node to see its own.</p>\n</section>\n";
    }

    private String milestones() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : result.first().milestones().keySet()) {
            List<String> row = new ArrayList<>();
            row.add(MILESTONES.getOrDefault(name, name));
            Milestones.NEVER.byName().keySet().forEach(share -> row.add(reached(band(name + "." + share))));
            rows.add(row);
        }
        return "<h2>Milestones</h2>\n"
                + Html.table(List.of("when so many", "50 %", "90 %", "99 %", "100 %"), rows)
                + note(
                        "In simulated time, of all nodes, running or not; of the last row, since the start of the participant that comes last."
                                + " Where not all runs got there, the mean is over those that did.");
    }

    private String reached(@Nullable Band band) {
        if (band == null) {
            return "not reached";
        }
        int all = result.summarised().size();
        return amount(band, Measure.Unit.SECONDS)
                + (band.runs() == all ? "" : " (" + band.runs() + " of " + all + " runs)");
    }

    private String measures() {
        List<List<String>> rows = new ArrayList<>();
        for (String name : result.first().measures().keySet()) {
            Band band = band(name);
            if (band != null && !HIDDEN.contains(name) && (attacked() || !ADVERSARIAL.contains(name))) {
                Measure measure = Measure.named(name);
                rows.add(List.of(measure.title(), amount(band, measure.unit())));
            }
        }
        return "<h2>Measurements</h2>\n" + pairs("pairs numbers", Html.table(List.of("what", "at the end"), rows))
                + (result.summarised().size() == 1
                        ? ""
                        : note("Means over " + result.summarised().size()
                                + " seeds with the 95 % confidence interval of the mean."));
    }

    private boolean attacked() {
        return plan.scenario().adversary() != null;
    }

    private String dials() {
        Map<String, Long> sum = new TreeMap<>();
        result.summarised().forEach(run -> run.dials().forEach((manner, count) -> sum.merge(manner, count, Long::sum)));
        double all = sum.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            return "";
        }
        StringBuilder bars = new StringBuilder();
        sum.forEach((manner, count) -> bars.append(String.format(
                Locale.ROOT,
                "<dt>%s</dt><dd><span class=\"bar%s\" style=\"--part:%.3f\"></span>%s, %s</dd>%n",
                Html.text(manner.toLowerCase(Locale.ROOT).replace('_', ' ')),
                manner.equals("CONNECTED") ? "" : " failed",
                count / all,
                Html.text(Quantity.share(count / all)),
                Html.text(Quantity.number(count)))));
        return "<figure>\n<h2>How dials ended</h2>\n<dl class=\"bars\">\n" + bars + "</dl>\n<figcaption>Over "
                + Charts.runs(result) + ".</figcaption>\n</figure>\n";
    }

    private String runs() {
        List<List<String>> rows = result.runs().stream()
                .map(run -> List.of(
                        String.valueOf(run.plan().seed()),
                        run.traceHash(),
                        run.complete() ? "by itself" : "broken off",
                        Quantity.time(run.simulatedSeconds()),
                        Quantity.time(run.wallSeconds()),
                        Quantity.number((double) run.events()),
                        Quantity.number(run.eventsPerSecond()),
                        Quantity.bytes((double) run.heapBytesPerNode())))
                .toList();
        return "<h2>Runs</h2>\n"
                + Html.table(
                        List.of(
                                "seed",
                                "trace",
                                "ended",
                                "simulated",
                                "took",
                                "events",
                                "events a second",
                                "heap a node"),
                        rows);
    }

    private String configuration() {
        List<List<String>> rows = new ArrayList<>();
        ScenarioFile.settings(plan.scenario()).forEach((key, value) -> rows.add(List.of(key, value)));
        return "<details>\n<summary>Configuration</summary>\n"
                + pairs("pairs", Html.table(List.of("key", "value"), rows)) + "</details>\n";
    }

    private String script() {
        if (result.first().film().isEmpty()) {
            return "";
        }
        return "<script id=\"film\" type=\"application/json\">"
                + FilmJson.of(result.first().film(), result.first().series(), plan.nodes()) + "</script>\n<script>\n"
                + Asset.read("report.js") + "</script>\n";
    }

    private @Nullable Band band(String name) {
        return bands.get(name);
    }

    private static String amount(Band band, Measure.Unit unit) {
        String mean = Quantity.of(band.mean(), unit);
        return band.runs() < 2 || band.low() == band.high() ? mean : mean + " (" + interval(band, unit) + ")";
    }

    /** The unit is said once, if it is the same at both ends. */
    private static String interval(Band band, Measure.Unit unit) {
        String low = Quantity.of(band.low(), unit);
        String high = Quantity.of(band.high(), unit);
        int gap = low.lastIndexOf(' ');
        boolean same = gap >= 0 && high.endsWith(low.substring(gap));
        return (same ? low.substring(0, gap) : low) + " \u2013 " + high;
    }

    /** A table of two columns stays one on a narrow screen. */
    private static String pairs(String looks, String table) {
        return "<div class=\"" + looks + "\">\n" + table + "</div>\n";
    }

    private static String note(String words) {
        return "<p class=\"dim\">" + Html.text(words) + "</p>\n";
    }
}
