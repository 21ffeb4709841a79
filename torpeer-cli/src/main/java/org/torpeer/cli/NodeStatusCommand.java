package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code torpeer node status}. */
@Command(name = "status", description = "Shows how a running node is doing.")
final class NodeStatusCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Override
    public Integer call() {
        Map<String, Object> status = node.ask("status");
        PrintWriter out = Surroundings.out(spec);
        if (node.json()) {
            out.println(Json.line(status));
        } else {
            status.forEach((name, value) -> out.printf("%-8s %s%n", name, OneLine.of(text(value))));
        }
        return Program.DONE;
    }

    private static String text(Object value) {
        if (!(value instanceof Map<?, ?> facts)) {
            return value.toString();
        }
        StringBuilder text = new StringBuilder();
        facts.forEach((name, fact) ->
                text.append(text.isEmpty() ? "" : ", ").append(name).append(' ').append(fact));
        return text.isEmpty() ? "none" : text.toString();
    }
}
