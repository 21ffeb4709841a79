package org.torpeer.sim.report;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;
import org.torpeer.sim.Band;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.Measure;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.internal.plot.Axis;
import org.torpeer.sim.internal.plot.Plot;

/** The plots of an experiment. What is sampled under a name that is not known here gets a plot of its own. */
final class Charts {
    private static final int COLOURS = 4;
    private static final String ECLIPSED_WORDS =
            "A node is surrounded when it has sessions that it dialed and all of them are with the adversary; it is"
                    + " eclipsed when it would moreover connect with nobody else after a restart.";
    private static final int MOST_BARS = 60;
    /** More would not be told apart. */
    private static final int MOST_POINTS = 400;

    private final ExperimentResult result;
    private final double nodes;
    private final List<Chart> charts = new ArrayList<>();

    private record Curve(String name, String measure, double divisor) {}

    private Charts(ExperimentResult result) {
        this.result = result;
        this.nodes = result.first().plan().nodes();
    }

    static List<Chart> of(ExperimentResult result) {
        return new Charts(result).all();
    }

    /** What came of the same attack against other defences; nothing if that was not asked for. */
    static List<Chart> compared(ExperimentResult result) {
        Charts charts = new Charts(result);
        if (!result.compared().isEmpty()) {
            charts.compare(
                    "compared-partners",
                    "Whom victims would connect with, by defences",
                    "malicious share",
                    Measure.VICTIMS_PARTNERS,
                    Quantity::share,
                    1,
                    "Of the peers that the victims have reached and would connect with, the share that is the"
                            + " adversary's, for the same budget against four kinds of defence.");
            charts.compare(
                    "compared-eclipsed",
                    "Eclipsed nodes, by defences",
                    "eclipsed nodes",
                    Measure.ECLIPSED,
                    Quantity::number,
                    0,
                    ECLIPSED_WORDS + " Lines of the same height hide each other.");
        }
        return charts.charts;
    }

    private void compare(
            String file,
            String title,
            String axis,
            String measure,
            DoubleFunction<String> label,
            double most,
            String words) {
        List<ExperimentResult> all = result.compared().stream()
                .filter(each -> !each.runs().isEmpty())
                .toList();
        lines(
                file,
                title,
                axis,
                label,
                most,
                all.stream().map(each -> each.series(measure)).toList(),
                all.stream().map(each -> 1.0).toList(),
                all.stream().map(each -> Attackers.name(each.defences())).toList(),
                words);
    }

    private List<Chart> all() {
        curves(
                "discovery",
                "Discovery",
                "share of all pairs of running nodes",
                Quantity::share,
                1,
                List.of(
                        new Curve("one knows the other", Measure.DISCOVERED, 1),
                        new Curve("one has authenticated the other", Measure.CONTACTED, 1)),
                "A node knows another when it holds a valid record that the other one signed.");
        curves(
                "connectedness",
                "Connectedness",
                "share of nodes",
                Quantity::share,
                1,
                List.of(
                        new Curve("of all, running", Measure.UP, nodes),
                        new Curve("of the running, in the largest component", Measure.COMPONENT, 1)),
                "Two nodes are connected if sessions lead from one to the other, over others or not.");
        Curve stale = new Curve("not running", Measure.STALE, 1);
        curves(
                "staleness",
                "Wrong knowledge",
                "share of what nodes know",
                Quantity::share,
                0,
                everZero(Measure.MALICIOUS)
                        ? List.of(stale)
                        : List.of(stale, new Curve("malicious", Measure.MALICIOUS, 1)),
                everZero(Measure.MALICIOUS)
                        ? "Of the records that running nodes hold, those of nodes that do not run."
                        : "Of the records that running nodes hold, those of nodes that do not run, and those of the"
                                + " adversary's.");
        curves(
                "traffic",
                "Traffic",
                "bytes delivered to a node so far",
                Quantity::bytes,
                0,
                List.of(new Curve("bytes", Measure.BYTES, nodes)),
                "Everything on the wire, handshakes and failed dials included, divided by all nodes.");
        curves(
                "dials",
                "Dials",
                "dials of a node so far",
                Quantity::number,
                0,
                List.of(
                        new Curve("ended", Measure.DIALS, nodes),
                        new Curve("of these, failed", Measure.FAILED_DIALS, nodes)),
                "Dials that reached nobody fail at once or as a time-out, as the links of the scenario have it.");
        adversary();
        others();
        degrees(
                "sessions",
                "Sessions of a node",
                List.of(RunResult.SESSIONS),
                "sessions",
                "At the end, over " + runs(result) + ". Routers have many.");
        degrees(
                "degrees",
                "Knowledge of a node",
                List.of(RunResult.KNOWS, RunResult.KNOWN_BY),
                "nodes",
                "At the end, over " + runs(result)
                        + ": of how many others a running node holds a record, and how many hold its own.");
        return charts;
    }

    /** What is summed up, in words. */
    static String runs(ExperimentResult result) {
        if (result.partial().isEmpty()) {
            return "all runs";
        }
        return result.summarised().get(0).complete() ? "the runs that came to their end" : "what there is of this run";
    }

    private boolean everZero(String name) {
        return result.series(name).stream().allMatch(point -> point.band().high() == 0);
    }

    private void adversary() {
        curves(
                "eclipse",
                "Eclipsed nodes",
                "nodes",
                Quantity::number,
                0,
                List.of(new Curve("surrounded", Measure.SURROUNDED, 1), new Curve("eclipsed", Measure.ECLIPSED, 1)),
                ECLIPSED_WORDS);
        Curve everybody = new Curve("of whom honest nodes would connect with", Measure.MALICIOUS_PARTNERS, 1);
        curves(
                "partners",
                "The adversary in the books",
                "malicious share",
                Quantity::share,
                0,
                everZero(Measure.VICTIMS_PARTNERS)
                        ? List.of(everybody)
                        : List.of(
                                everybody,
                                new Curve("of whom the victims would connect with", Measure.VICTIMS_PARTNERS, 1)),
                "Those that a node would connect with are the peers that it has reached by a dial of its own.");
    }

    private void others() {
        Set<String> rest = new LinkedHashSet<>(result.sampled());
        rest.removeAll(List.of(
                Measure.UP,
                Measure.DISCOVERED,
                Measure.CONTACTED,
                Measure.STALE,
                Measure.MALICIOUS,
                Measure.SURROUNDED,
                Measure.ECLIPSED,
                Measure.MALICIOUS_PARTNERS,
                Measure.VICTIMS_PARTNERS,
                Measure.COMPONENT,
                Measure.MESSAGES,
                Measure.BYTES,
                Measure.DIALS,
                Measure.FAILED_DIALS,
                Measure.EVENTS));
        for (String name : rest) {
            Measure measure = Measure.named(name);
            curves(
                    name,
                    measure.title(),
                    name,
                    value -> Quantity.of(value, measure.unit()),
                    0,
                    List.of(new Curve(name, name, 1)),
                    "");
        }
    }

    /**
     * @param most how far the upright axis goes, what is above it is cut off; as far as needed if 0
     */
    private void curves(
            String file,
            String title,
            String axis,
            DoubleFunction<String> label,
            double most,
            List<Curve> curves,
            String words) {
        List<List<ExperimentResult.Point>> all =
                curves.stream().map(curve -> result.series(curve.measure())).toList();
        if (curves.stream().allMatch(curve -> everZero(curve.measure()))) {
            return;
        }
        lines(
                file,
                title,
                axis,
                label,
                most,
                all,
                curves.stream().map(Curve::divisor).toList(),
                curves.stream().map(Curve::name).toList(),
                words);
    }

    private void lines(
            String file,
            String title,
            String axis,
            DoubleFunction<String> label,
            double most,
            List<List<ExperimentResult.Point>> all,
            List<Double> divisors,
            List<String> names,
            String words) {
        double top = most;
        for (int i = 0; i < all.size() && most == 0; i++) {
            double divisor = divisors.get(i);
            top = all.get(i).stream()
                    .mapToDouble(point -> point.band().high() / divisor)
                    .reduce(top, Math::max);
        }
        double end = all.get(0).get(all.get(0).size() - 1).seconds();
        double unit = end < 120 ? 1 : end < 7200 ? 60 : 3600;
        String time = "simulated time in " + (unit == 1 ? "seconds" : unit == 60 ? "minutes" : "hours");
        Plot plot = new Plot(
                new Axis(0, Math.max(1e-9, end / unit), false, time, Quantity::number),
                new Axis(0, top == most ? Math.max(top, 1e-9) : top * 1.05, false, axis, label));
        for (int i = 0; i < all.size(); i++) {
            draw(plot, all.get(i), unit, divisors.get(i), i, most == 0 ? Double.MAX_VALUE : most);
        }
        List<String> looks = new ArrayList<>();
        names.forEach(name -> looks.add(colour(looks.size())));
        charts.add(new Chart(file, title, plot, looks, names, words));
    }

    private void draw(
            Plot plot, List<ExperimentResult.Point> all, double unit, double divisor, int colour, double most) {
        int stride = 1 + all.size() / MOST_POINTS;
        List<ExperimentResult.Point> points = IntStream.range(0, all.size())
                .filter(i -> i % stride == 0 || i == all.size() - 1)
                .mapToObj(all::get)
                .toList();
        double[] times =
                points.stream().mapToDouble(point -> point.seconds() / unit).toArray();
        List<Band> bands = points.stream().map(ExperimentResult.Point::band).toList();
        if (bands.get(0).runs() > 1) {
            double[] lows =
                    bands.stream().mapToDouble(band -> band.low() / divisor).toArray();
            double[] highs = bands.stream()
                    .mapToDouble(band -> Math.min(most, band.high() / divisor))
                    .toArray();
            plot.band(times, lows, highs, "band " + colour(colour));
        }
        double[] means =
                bands.stream().mapToDouble(band -> band.mean() / divisor).toArray();
        plot.path(times, means, "line " + colour(colour));
    }

    private void degrees(String file, String title, List<String> kinds, String axis, String words) {
        List<Map<Integer, Integer>> all = kinds.stream().map(this::summed).toList();
        int least = Integer.MAX_VALUE;
        int most = 1;
        for (Map<Integer, Integer> each : all) {
            least = each.keySet().stream().reduce(least, Math::min);
            most = each.keySet().stream().reduce(most, Math::max);
        }
        least = most - least < MOST_BARS / 4 ? Math.max(0, Math.min(least, most) - 5) : 0;
        int width = Math.max(1, (int) Math.ceil((most + 1.0 - least) / MOST_BARS));
        double top = 0;
        List<Map<Integer, Double>> bars = new ArrayList<>();
        for (Map<Integer, Integer> each : all) {
            Map<Integer, Double> shares = shares(each, least, width);
            top = shares.values().stream().reduce(top, Math::max);
            bars.add(shares);
        }
        Plot plot = new Plot(
                new Axis(least, most + 1.0, false, axis, Quantity::number),
                new Axis(0, top == 0 ? 1 : top * 1.05, false, "share of nodes", Quantity::share));
        List<String> looks = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int kind = 0; kind < kinds.size(); kind++) {
            String look = colour(kind);
            looks.add(look);
            names.add(name(kinds.get(kind)));
            double part = (double) width / kinds.size();
            int shift = kind;
            bars.get(kind)
                    .forEach((from, share) -> plot.bar(
                            from + shift * part,
                            from + (shift + 1) * part,
                            share,
                            "fill " + look,
                            (width == 1 ? from : from + " to " + (from + width - 1)) + ": " + Quantity.share(share)));
        }
        charts.add(new Chart(file, title, plot, looks, names, words));
    }

    private static Map<Integer, Double> shares(Map<Integer, Integer> degrees, int least, int width) {
        double all = degrees.values().stream().mapToInt(Integer::intValue).sum();
        Map<Integer, Double> shares = new TreeMap<>();
        degrees.forEach(
                (degree, count) -> shares.merge(least + (degree - least) / width * width, count / all, Double::sum));
        return shares;
    }

    private Map<Integer, Integer> summed(String kind) {
        Map<Integer, Integer> sum = new TreeMap<>();
        for (RunResult run : result.summarised()) {
            run.degrees()
                    .getOrDefault(kind, Map.of())
                    .forEach((degree, count) -> sum.merge(degree, count, Integer::sum));
        }
        return sum;
    }

    private static String name(String kind) {
        return switch (kind) {
            case RunResult.KNOWS -> "it knows";
            case RunResult.KNOWN_BY -> "know it";
            default -> kind;
        };
    }

    private static String colour(int number) {
        return "colour" + number % COLOURS;
    }
}
