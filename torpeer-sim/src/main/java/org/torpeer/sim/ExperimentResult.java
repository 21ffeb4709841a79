package org.torpeer.sim;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What came of an experiment. Runs that were broken off are kept, but are not summarised: they tell of another time than
 * the others.
 *
 * @param runs by ascending seed; at least one, fewer than there are seeds if it was broken off
 * @param compared the same {@linkplain Experiment#compared() with other defences}, and itself among them; mostly empty
 */
public record ExperimentResult(Experiment experiment, List<RunResult> runs, List<ExperimentResult> compared) {
    /** The mean of something at one time, with its confidence interval. */
    public record Point(double seconds, Band band) {}

    public ExperimentResult {
        runs = List.copyOf(runs);
        compared = List.copyOf(compared);
    }

    /** What nothing was compared with. */
    public ExperimentResult(Experiment experiment, List<RunResult> runs) {
        this(experiment, runs, List.of());
    }

    /** Against what defences the adversary played; all if there was none. */
    public Defences defences() {
        Adversary adversary = experiment.first().scenario().adversary();
        return adversary == null ? Defences.ALL : adversary.defences();
    }

    /** The run of the first seed. */
    public RunResult first() {
        return runs.get(0);
    }

    /** The runs that were broken off. */
    public List<RunResult> partial() {
        return runs.stream().filter(run -> !run.complete()).toList();
    }

    /**
     * The runs that bands and curves are over: those that came to their own end. Where none did, the first stands alone,
     * for no more than itself.
     */
    public List<RunResult> summarised() {
        List<RunResult> whole = runs.stream().filter(RunResult::complete).toList();
        return whole.isEmpty() ? runs.subList(0, Math.min(1, runs.size())) : whole;
    }

    /** Whether every seed ran, and came to its own end, and so did what was compared. */
    public boolean complete() {
        return ran() && comparedWhole();
    }

    /** Whether all that it is to be compared with, if anything, ran, and came to its own end. */
    public boolean comparedWhole() {
        return compared.isEmpty()
                || (compared.size() == experiment.compared().size()
                        && compared.stream().allMatch(ExperimentResult::ran));
    }

    private boolean ran() {
        return runs.size() == experiment.seeds() && runs.stream().allMatch(RunResult::complete);
    }

    /**
     * Over the {@linkplain #summarised() summarised} runs, every number of the {@linkplain RunResult#measures measures}, and every milestone such as {@code
     * discovery.p50Seconds}, over the runs that reached it; what none reached is left out.
     */
    public Map<String, Band> bands() {
        Map<String, Band> bands = new LinkedHashMap<>();
        List<RunResult> summarised = summarised();
        for (String name : first().milestones().keySet()) {
            for (String share : Milestones.NEVER.byName().keySet()) {
                double[] reached = summarised.stream()
                        .map(run -> run.milestones()
                                .getOrDefault(name, Milestones.NEVER)
                                .byName()
                                .get(share))
                        .filter(Objects::nonNull)
                        .mapToDouble(Double::doubleValue)
                        .toArray();
                if (reached.length > 0) {
                    bands.put(name + "." + share, Band.of(reached).within(0, Double.MAX_VALUE));
                }
            }
        }
        for (String name : first().measures().keySet()) {
            bands.put(
                    name,
                    bounded(
                            name,
                            Band.of(summarised.stream()
                                    .mapToDouble(run -> run.measure(name))
                                    .toArray())));
        }
        return bands;
    }

    /** The names of all that was sampled through time. */
    public Set<String> sampled() {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(run.last().values().keySet()));
        return names;
    }

    /** Something through time, over the {@linkplain #summarised() summarised} runs. A run that has ended keeps its last value. */
    public List<Point> series(String name) {
        List<RunResult> summarised = summarised();
        List<Sample> longest = summarised.get(0).series();
        for (RunResult run : summarised) {
            if (run.simulatedSeconds() > longest.get(longest.size() - 1).seconds()) {
                longest = run.series();
            }
        }
        List<Walk> walks =
                summarised.stream().map(run -> new Walk(run.series(), name)).toList();
        return longest.stream()
                .map(sample -> new Point(
                        sample.seconds(),
                        bounded(
                                name,
                                Band.of(walks.stream()
                                        .mapToDouble(walk -> walk.at(sample.seconds()))
                                        .toArray()))))
                .toList();
    }

    private static Band bounded(String name, Band band) {
        return band.within(0, Measure.named(name).unit() == Measure.Unit.SHARE ? 1 : Double.MAX_VALUE);
    }

    /** Goes through the samples of a run, from time to later time, and says what is between them. */
    private static final class Walk {
        private final List<Sample> series;
        private final String name;
        private int next;

        Walk(List<Sample> series, String name) {
            this.series = series;
            this.name = name;
        }

        double at(double seconds) {
            while (next < series.size() && series.get(next).seconds() < seconds) {
                next++;
            }
            if (next == series.size()) {
                return series.get(next - 1).value(name);
            }
            Sample after = series.get(next);
            if (next == 0 || after.seconds() == seconds) {
                return after.value(name);
            }
            Sample before = series.get(next - 1);
            double part = (seconds - before.seconds()) / (after.seconds() - before.seconds());
            return before.value(name) + part * (after.value(name) - before.value(name));
        }
    }
}
