package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.sim.RunProgress;
import org.torpeer.cli.terminal.OneLine;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.sim.Grid;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunWatch;
import org.torpeer.sim.report.SweepFolder;
import org.torpeer.sim.spi.SweepCluster;
import org.torpeer.sim.spi.SweepEngine;
import org.torpeer.sim.spi.SweepWatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim sweep}. */
@Command(
        name = "sweep",
        description =
                "Runs every combination of some settings into one table, on all cores of this machine or on workers. Started again with the same"
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

    @Option(
            names = "--engine",
            paramLabel = "NAME",
            defaultValue = SweepEngine.LOCAL,
            description = "What runs it: local, or hazelcast for workers elsewhere (default: ${DEFAULT-VALUE}).")
    private String engine = "";

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Override
    public Integer call() {
        SweepEngine chosen = SweepEngines.named(engine);
        SweepCluster workers = cluster.cluster();
        Grid grid = grid();
        chosen.check(grid.cells().stream().map(Grid.Cell::plan).toList(), workers);
        try (SweepFolder folder = SweepFolder.prepare(out, grid);
                Signals signals = Signals.breakOff()) {
            return sweep(chosen, workers, folder, signals);
        }
    }

    private int sweep(SweepEngine chosen, SweepCluster workers, SweepFolder folder, Signals signals) {
        List<RunPlan> unfinished = folder.unfinished();
        PrintWriter err = Surroundings.err(spec);
        if (!folder.doubts().isEmpty()) {
            err.println("torpeer sim sweep: " + OneLine.of(folder.doubts()));
        }
        if (unfinished.size() < folder.size()) {
            err.println((folder.size() - unfinished.size()) + " of " + folder.size() + " runs are finished already");
        }
        run(chosen, workers, folder, unfinished, signals);
        int finished = folder.tabulate();
        Surroundings.out(spec).println(finished + " of " + folder.size() + " runs: " + out.resolve("sweep.csv"));
        if (finished == folder.size()) {
            return Program.DONE;
        }
        err.println("torpeer sim sweep: broken off; the same command goes on with it");
        return Program.FAILED;
    }

    private Grid grid() {
        Grid grid = file == null ? Grid.empty() : Grid.read(file);
        Set<String> given = new HashSet<>();
        if (scenario != null) {
            grid = grid.vary("scenario", scenario, "--scenario");
            given.add("scenario");
        }
        for (String each : vary) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException("--vary " + each + ": it is KEY=VALUES, such as nodes=100,200");
            }
            String key = each.substring(0, equals).strip();
            if (!given.add(key)) {
                throw new InvalidInputException("--vary " + each + ": " + key
                        + " is given twice; put all its values into one, as in nodes=100,200");
            }
            grid = grid.vary(key, each.substring(equals + 1), "--vary");
        }
        return grid;
    }

    private void run(
            SweepEngine chosen, SweepCluster workers, SweepFolder folder, List<RunPlan> plans, Signals signals) {
        if (plans.isEmpty()) {
            return;
        }
        try (NodeRuntime runtime = NodeRuntime.system("program");
                ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            RunProgress progress = new RunProgress(display, plans.size());
            signals.ask(progress::cancel);
            chosen.run(plans, workers, new Keeping(progress, folder, Surroundings.err(spec)));
        }
    }

    /** Keeps every run as soon as it is finished. */
    private record Keeping(RunProgress progress, SweepFolder folder, PrintWriter news) implements SweepWatch {
        @Override
        public RunWatch begins(RunPlan plan) {
            return progress.begins(plan);
        }

        @Override
        public void ended(RunPlan plan, String runJson) {
            folder.keep(plan, runJson);
            progress.ended(plan);
        }

        @Override
        public void tell(String line) {
            news.println("torpeer sim sweep: " + OneLine.of(line));
            news.flush();
        }

        @Override
        public boolean cancelled() {
            return progress.cancelled();
        }
    }
}
