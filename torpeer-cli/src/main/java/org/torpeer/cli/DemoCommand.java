package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.demo.Demo;
import org.torpeer.cli.demo.DemoPlan;
import org.torpeer.cli.demo.DemoResult;
import org.torpeer.cli.demo.DemoView;
import org.torpeer.cli.demo.PlainView;
import org.torpeer.cli.demo.TerminalView;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.process.WholeFile;
import org.torpeer.cli.terminal.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer demo}. */
@Command(
        name = "demo",
        description = "A router and some participants find each other and talk, by default on a private Tor network of"
                + " this machine. Done only if all found all and every message came back.")
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--transport",
            paramLabel = "tor|loopback",
            defaultValue = "tor",
            description = "The network: real onion services, or memory (default: ${DEFAULT-VALUE}).")
    private String transport = "";

    @Option(
            names = "--nodes",
            paramLabel = "N",
            defaultValue = "5",
            description = "How many nodes, the router included (default: ${DEFAULT-VALUE}).")
    private int nodes;

    @Option(names = "--json", paramLabel = "FILE", description = "Write what was measured to this file.")
    private @Nullable Path json;

    @Option(names = "--plain", description = "One line an event, even where there is a terminal.")
    private boolean plain;

    @Override
    public Integer call() {
        Stopwatch stopwatch = Surroundings.root(spec).sinceStart();
        DemoPlan plan = new DemoPlan(transport, nodes);
        try (Signals signals = Signals.breakOff()) {
            if (json == null) {
                run(plan, stopwatch, signals, report -> {});
                return Program.DONE;
            }
            try (WholeFile file = WholeFile.prepare(json)) {
                run(plan, stopwatch, signals, file::write);
                return Program.DONE;
            }
        }
    }

    private void run(DemoPlan plan, Stopwatch stopwatch, Signals signals, DemoResult result) {
        try (NodeRuntime runtime = NodeRuntime.system("demo");
                DemoView view = view(plan, stopwatch, runtime)) {
            Demo demo = new Demo(plan, view, stopwatch, runtime);
            signals.ask(demo::cancel);
            demo.run(result);
        }
    }

    private DemoView view(DemoPlan plan, Stopwatch stopwatch, NodeRuntime runtime) {
        PrintWriter out = Surroundings.out(spec);
        Terminal terminal = plain ? Terminal.PLAIN : Terminal.detect();
        return terminal.live()
                ? new TerminalView(terminal, plan, stopwatch, runtime.loop())
                : new PlainView(out, stopwatch);
    }
}
