package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.sim.RunProgress;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.SavedRun;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.HeapNeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim replay}. */
@Command(
        name = "replay",
        description = "Runs again what a run.json tells of, and compares the traces. Done only if they are the same.")
final class SimReplayCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "RUN.JSON", description = "As sim run writes it.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        List<SavedRun> saved = SavedRun.read(file);
        RunPlan first = saved.get(0).plan();
        HeapNeed.check(first);
        Map<Long, SavedRun> bySeed = saved.stream()
                .collect(Collectors.toMap(run -> run.plan().seed(), run -> run, (one, other) -> one, TreeMap::new));
        Map<Long, RunResult> replayed = new TreeMap<>();
        try (Signals signals = Signals.breakOff();
                NodeRuntime runtime = NodeRuntime.system("program");
                ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            RunProgress progress = new RunProgress(display, saved.size());
            signals.ask(progress::cancel);
            Batch.run(
                    bySeed.values().stream().map(SavedRun::plan).toList(),
                    Runtime.getRuntime().availableProcessors(),
                    new Replay(progress, bySeed, replayed));
            if (progress.cancelled()) {
                return brokenOff(bySeed, replayed);
            }
        }
        return compare(bySeed, replayed);
    }

    /** Ends runs where those were ended that are replayed. */
    private record Replay(RunProgress progress, Map<Long, SavedRun> saved, Map<Long, RunResult> replayed)
            implements Batch.Watch {
        @Override
        public RunWatch begins(RunPlan plan) {
            RunWatch shown = progress.begins(plan);
            SavedRun model = saved.get(plan.seed());
            double end = model == null || model.complete() ? Double.MAX_VALUE : model.simulatedSeconds();
            return sample -> shown.goOn(sample) && sample.seconds() < end;
        }

        @Override
        public void ended(RunResult result) {
            progress.ended(result);
            synchronized (replayed) {
                replayed.put(result.plan().seed(), result);
            }
        }

        @Override
        public boolean cancelled() {
            return progress.cancelled();
        }
    }

    /** Of runs that were broken off before their end nothing can be said. */
    private int brokenOff(Map<Long, SavedRun> saved, Map<Long, RunResult> replayed) {
        Map<Long, SavedRun> whole = new TreeMap<>(saved);
        whole.entrySet().removeIf(run -> {
            RunResult again = replayed.get(run.getKey());
            return again == null || again.simulatedSeconds() < run.getValue().simulatedSeconds();
        });
        int compared = whole.isEmpty() ? Program.DONE : compare(whole, replayed);
        if (compared == Program.DONE) {
            Surroundings.err(spec)
                    .println("torpeer sim replay: broken off; " + whole.size() + " of " + saved.size()
                            + " runs were compared");
        }
        return Program.FAILED;
    }

    private int compare(Map<Long, SavedRun> saved, Map<Long, RunResult> replayed) {
        PrintWriter out = Surroundings.out(spec);
        List<Long> different = new ArrayList<>();
        saved.forEach((seed, model) -> {
            RunResult run = replayed.get(seed);
            String hash = run == null ? "nothing" : run.traceHash();
            boolean same = hash.equals(model.traceHash());
            out.println("seed " + seed + ": "
                    + (same ? "the same trace, " + hash : "trace " + hash + " instead of " + model.traceHash()));
            if (!same) {
                different.add(seed);
            }
        });
        out.flush();
        if (different.isEmpty()) {
            return Program.DONE;
        }
        Surroundings.err(spec)
                .println("torpeer sim replay: " + different.size() + " of " + saved.size()
                        + " runs went another way: was " + file + " made by another version, or changed?");
        return Program.FAILED;
    }
}
