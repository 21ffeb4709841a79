package org.torpeer.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code torpeer node peers}. */
@Command(name = "peers", description = "Lists the peers a running node knows.")
final class NodePeersCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Override
    public Integer call() {
        Map<String, Object> answer = node.ask("peers");
        PrintWriter out = Surroundings.out(spec);
        if (node.json()) {
            out.println(Json.line(answer));
        } else if (answer.get("peers") instanceof List<?> peers) {
            peers.forEach(peer -> out.println(OneLine.of(line(peer))));
        }
        return Program.DONE;
    }

    private static String line(Object peer) {
        if (!(peer instanceof Map<?, ?> facts)) {
            return "";
        }
        return facts.get("address") + ":" + facts.get("port") + "  " + facts.get("role") + "  " + facts.get("status")
                + (Boolean.TRUE.equals(facts.get("verified")) ? "  verified" : "")
                + (Boolean.TRUE.equals(facts.get("connected")) ? "  connected" : "");
    }
}
