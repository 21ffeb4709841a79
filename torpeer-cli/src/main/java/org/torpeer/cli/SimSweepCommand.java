package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.sim.RunProgress;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.sim.Grid;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.report.SweepFolder;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.HeapNeed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim sweep}. */
@Command(
        name = "sweep",
        description =
                "Runs every combination of some settings, on all cores, into one table. Started again with the same"
                        + " folder, it goes on where it was.")
final class SimSweepCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            paramLabel = "GRID",
            arity = "0..1",
            description =
                    "A file of lines key = values: scenario, nodes, seed, crypto, and keys of scenario files. Values"
                            + " are separated by commas; 1..5 is a range.")
    private @Nullable Path file;

    @Option(
            names = "--scenario",
            paramLabel = "NAME|FILE",
            description = "The scenario, in place of a line in the grid's file.")
    private @Nullable String scenario;

    @Option(
            names = "--vary",
            paramLabel = "KEY=VALUES",
            description = "As a line of the grid's file, such as nodes=100,200; may be repeated.")
    private List<String> vary = new ArrayList<>();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            required = true,
            description = "A new or empty folder, or the one of this same sweep to go on with.")
    private Path out = Path.of("");

    @Override
    public Integer call() {
        Grid grid = grid();
        int most = grid.cells().stream()
                .mapToInt(cell -> cell.plan().nodes())
                .max()
                .orElse(RunPlan.MIN_NODES);
        HeapNeed.check(most);
        SweepFolder folder = SweepFolder.prepare(out, grid);
        List<RunPlan> unfinished = folder.unfinished();
        PrintWriter err = Surroundings.err(spec);
        if (unfinished.size() < folder.size()) {
            err.println((folder.size() - unfinished.size()) + " of " + folder.size() + " runs are finished already");
        }
        try (Signals signals = Signals.breakOff()) {
            run(
                    folder,
                    unfinished,
                    Math.min(Runtime.getRuntime().availableProcessors(), HeapNeed.parallel(most)),
                    signals);
            int finished = folder.tabulate();
            Surroundings.out(spec).println(finished + " of " + folder.size() + " runs: " + out.resolve("sweep.csv"));
            if (finished == folder.size()) {
                return Program.DONE;
            }
            err.println("torpeer sim sweep: broken off; the same command goes on with it");
            return Program.FAILED;
        }
    }

    private Grid grid() {
        Grid grid = file == null ? Grid.empty() : Grid.read(file);
        if (scenario != null) {
            grid = grid.vary("scenario", scenario, "--scenario");
        }
        for (String each : vary) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException("--vary " + each + ": it is KEY=VALUES, such as nodes=100,200");
            }
            grid = grid.vary(each.substring(0, equals).strip(), each.substring(equals + 1), "--vary");
        }
        return grid;
    }

    private void run(SweepFolder folder, List<RunPlan> plans, int threads, Signals signals) {
        if (plans.isEmpty()) {
            return;
        }
        try (NodeRuntime runtime = NodeRuntime.system("program");
                ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            RunProgress progress = new RunProgress(display, plans.size());
            signals.ask(progress::cancel);
            Batch.run(plans, threads, new Keeping(progress, folder));
        }
    }

    /** Keeps every run as soon as it is finished. */
    private record Keeping(RunProgress progress, SweepFolder folder) implements Batch.Watch {
        @Override
        public RunWatch begins(RunPlan plan) {
            return progress.begins(plan);
        }

        @Override
        public void ended(RunResult result) {
            folder.keep(result);
            progress.ended(result);
        }

        @Override
        public boolean cancelled() {
            return progress.cancelled();
        }
    }
}
