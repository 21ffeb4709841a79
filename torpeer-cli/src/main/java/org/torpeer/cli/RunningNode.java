package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.admin.AdminClient;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine.Option;

/** The options of commands that ask a running node. */
final class RunningNode {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder.")
    private Path data = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    boolean json() {
        return json;
    }

    Path data() {
        return data;
    }

    /** What the node answers to a command that takes nothing else. */
    Map<String, Object> ask(String command) {
        return ask(Json.of("command", command), PATIENCE);
    }

    Map<String, Object> ask(Map<String, Object> request, Duration timeout) {
        try (NodeRuntime runtime = NodeRuntime.system("admin");
                AdminClient client = AdminClient.connect(data, timeout, runtime)) {
            return client.ask(request);
        }
    }

    /** Prints an answer, as a sentence unless JSON was asked for. */
    void print(Map<String, Object> answer, String sentence, PrintWriter out) {
        out.println(json ? Json.line(answer) : OneLine.of(sentence));
    }
}
