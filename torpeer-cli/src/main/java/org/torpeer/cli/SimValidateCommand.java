package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.TorPeerException;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.Table;
import org.torpeer.sim.Figure;
import org.torpeer.sim.run.Validation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer sim validate}. */
@Command(
        name = "validate",
        description =
                "Reproduces published figures with the engine that runs the simulations, in some seconds. Done only"
                        + " if all are as published.")
final class SimValidateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "What chance depends on (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--biased",
            description = "Break the engine on purpose, to see that it is noticed: one choice in ten has favourites.")
    private boolean biased;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        List<Figure> figures = figures();
        PrintWriter out = Surroundings.out(spec);
        if (json) {
            out.println(Json.line(Json.of(
                    "figures", figures.stream().map(SimValidateCommand::fields).toList())));
        } else {
            Table table = new Table("verdict", "published", "measured", "deviation", "allowed", "what", "source");
            figures.forEach(figure -> table.row(
                    figure.passes() ? "PASS" : "FAIL",
                    number(figure.expected()),
                    number(figure.measured()),
                    percent(figure.deviation()),
                    percent(figure.tolerance() / figure.expected()),
                    figure.name(),
                    figure.source()));
            table.lines().forEach(out::println);
        }
        out.flush();
        long failed = figures.stream().filter(figure -> !figure.passes()).count();
        if (failed == 0) {
            return Program.DONE;
        }
        Surroundings.err(spec)
                .println("torpeer sim validate: " + failed + " of " + figures.size() + " figures are not as published");
        return Program.FAILED;
    }

    private List<Figure> figures() {
        try {
            return biased ? Validation.runBiased(seed) : Validation.run(seed);
        } catch (OutOfMemoryError e) {
            throw new TorPeerException("the heap is too small: start with more, such as JAVA_TOOL_OPTIONS=-Xmx512m", e);
        }
    }

    private static Object fields(Figure figure) {
        return Json.of(
                "name", figure.name(),
                "source", figure.source(),
                "expected", figure.expected(),
                "measured", figure.measured(),
                "deviation", figure.deviation(),
                "tolerance", figure.tolerance(),
                "passes", figure.passes());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    private static String percent(double part) {
        return String.format(Locale.ROOT, "%.2f %%", part * 100);
    }
}
