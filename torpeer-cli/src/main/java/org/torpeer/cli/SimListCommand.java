package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.Table;
import org.torpeer.sim.Scenario;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer sim list}. */
@Command(name = "list", description = "Lists the built-in scenarios.")
final class SimListCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Surroundings.out(spec);
        List<Scenario> scenarios = Scenario.builtIn();
        if (json) {
            out.println(Json.line(Json.of(
                    "scenarios",
                    scenarios.stream()
                            .map(scenario -> Json.of("name", scenario.name(), "about", scenario.about()))
                            .toList())));
            return Program.DONE;
        }
        Table table = new Table("scenario", "what happens");
        scenarios.forEach(scenario -> table.row(scenario.name(), scenario.about()));
        table.lines().forEach(out::println);
        return Program.DONE;
    }
}
