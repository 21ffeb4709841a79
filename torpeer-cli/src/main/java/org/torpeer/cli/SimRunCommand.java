package org.torpeer.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.sim.RunProgress;
import org.torpeer.cli.sim.RunText;
import org.torpeer.cli.terminal.Amounts;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.sim.Crypto;
import org.torpeer.sim.Experiment;
import org.torpeer.sim.ExperimentResult;
import org.torpeer.sim.RunJson;
import org.torpeer.sim.RunPlan;
import org.torpeer.sim.RunResult;
import org.torpeer.sim.Scenario;
import org.torpeer.sim.ScenarioFile;
import org.torpeer.sim.report.EventLogs;
import org.torpeer.sim.report.OutputFolder;
import org.torpeer.sim.report.Report;
import org.torpeer.sim.run.Batch;
import org.torpeer.sim.run.HeapNeed;
import org.torpeer.sim.run.Simulation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer sim run}. */
@Command(
        name = "run",
        description =
                "Runs a scenario under one or more seeds, and writes what was measured. Ctrl-C ends it and keeps what"
                        + " was reached.")
final class SimRunCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "SCENARIO|FILE", description = "A built-in scenario, or a file such as sim show prints.")
    private String scenario = "";

    @Option(
            names = "--nodes",
            paramLabel = "N",
            description = "How many nodes, routers included (default: the scenario's).")
    private @Nullable String nodes;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What chance depends on: the same seed gives the same run (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--seeds",
            paramLabel = "K",
            defaultValue = "1",
            description = "How many seeds, from S on, for confidence bands (default: ${DEFAULT-VALUE}).")
    private int seeds;

    @Option(
            names = "--crypto",
            paramLabel = "KIND",
            defaultValue = "real",
            description = "How nodes sign and prove (default: ${DEFAULT-VALUE}).")
    private String crypto = "";

    @Option(names = "--duration", paramLabel = "TIME", description = "When a run ends at the latest: 90s, 30min, 2h.")
    private @Nullable String duration;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Change a setting of the scenario; may be repeated.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--out", paramLabel = "DIR", description = "A new or empty folder for results and report.")
    private @Nullable Path out;

    @Option(names = "--events", description = "Write every event to DIR/events-SEED.jsonl, too.")
    private boolean events;

    @Option(names = "--json", description = "Print run.json.")
    private boolean json;

    @Override
    public Integer call() {
        Experiment experiment = new Experiment(plan(), seeds);
        if (events && out == null) {
            throw new InvalidInputException("--events needs --out DIR to write to");
        }
        HeapNeed.check(experiment.first());
        try (OutputFolder folder = out == null ? null : OutputFolder.prepare(out);
                Signals signals = Signals.breakOff()) {
            ExperimentResult result = run(experiment, folder, signals);
            tell(result);
            if (folder != null) {
                write(result, folder);
            }
            return judge(result);
        }
    }

    /** After what was measured is told, which a full disk must not take along. */
    private void write(ExperimentResult result, OutputFolder folder) {
        Report.write(result, folder);
        if (!json) {
            PrintWriter print = Surroundings.out(spec);
            print.println("report: " + folder.path().resolve("report.html"));
            print.flush();
        }
    }

    private RunPlan plan() {
        Scenario chosen = ScenarioFile.find(scenario);
        if (!settings.isEmpty()) {
            chosen = chosen.with(changes(), "--set");
        }
        if (nodes != null) {
            chosen = chosen.with(Map.of("nodes", nodes), "--nodes");
        }
        if (duration != null) {
            chosen = ending(chosen, duration);
        }
        return new RunPlan(chosen, chosen.nodes(), seed, Crypto.named(crypto));
    }

    private Map<String, String> changes() {
        Map<String, String> changes = new LinkedHashMap<>();
        for (String each : settings) {
            int equals = each.indexOf('=');
            if (equals < 1) {
                throw new InvalidInputException("--set " + each + ": it is KEY=VALUE, such as nodes=100");
            }
            String key = each.substring(0, equals).strip();
            if (changes.put(key, each.substring(equals + 1).strip()) != null) {
                throw new InvalidInputException("--set " + each + ": " + key + " is set twice");
            }
        }
        return changes;
    }

    private static Scenario ending(Scenario scenario, String text) {
        try {
            return scenario.lasting(ScenarioFile.time(text));
        } catch (InvalidInputException e) {
            throw new InvalidInputException("--duration " + text + ": " + e.getMessage(), e);
        }
    }

    private ExperimentResult run(Experiment experiment, @Nullable OutputFolder folder, Signals signals) {
        try (NodeRuntime runtime = NodeRuntime.system("program");
                ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            RunProgress progress = new RunProgress(display, runs(experiment));
            signals.ask(progress::cancel);
            Batch.Watch watch = events && folder != null ? new EventLogs(folder, progress) : progress;
            return Simulation.run(experiment, Runtime.getRuntime().availableProcessors(), watch);
        }
    }

    private static int runs(Experiment experiment) {
        return experiment.seeds() * Math.max(1, experiment.compared().size());
    }

    private void tell(ExperimentResult result) {
        PrintWriter print = Surroundings.out(spec);
        if (json) {
            try {
                RunJson.write(result, print);
            } catch (IOException e) {
                throw new TorPeerException("cannot print the result: " + e.getMessage(), e);
            }
        } else {
            RunText.lines(result).forEach(print::println);
        }
        print.flush();
    }

    /** Runs that were broken off are in no mean; the one of them that is said is the last. */
    private static String brokenOff(ExperimentResult result) {
        List<RunResult> partial = result.partial();
        if (partial.isEmpty() && result.runs().size() == result.experiment().seeds()) {
            return "broken off in what it is compared with";
        }
        if (partial.isEmpty()) {
            return "broken off after " + result.runs().size() + " of "
                    + result.experiment().seeds() + " seeds";
        }
        RunResult last = partial.get(partial.size() - 1);
        String at = "broken off after " + Amounts.time(last.simulatedSeconds()) + " of seed "
                + last.plan().seed();
        int whole = result.runs().size() - partial.size();
        return whole == 0 ? at : at + ", the means are over the " + whole + " seeds that came to their end";
    }

    private int judge(ExperimentResult result) {
        PrintWriter err = Surroundings.err(spec);
        long failed = result.runs().stream().mapToLong(RunResult::failedTasks).sum();
        if (failed > 0) {
            err.println("torpeer sim run: " + failed + " tasks of nodes failed; --verbose shows why");
        }
        if (!result.complete()) {
            err.println(
                    "torpeer sim run: " + brokenOff(result) + (out == null ? "" : "; what was reached is in " + out));
        }
        err.flush();
        return failed == 0 && result.complete() ? Program.DONE : Program.FAILED;
    }
}
