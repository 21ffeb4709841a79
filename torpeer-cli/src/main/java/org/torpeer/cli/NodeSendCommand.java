package org.torpeer.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.NodeAdministration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer node send}. */
@Command(name = "send", description = "Has a running node send a message to a peer, and shows the answer.")
final class NodeSendCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Parameters(
            index = "0",
            paramLabel = "PEER",
            description = "The peer's onion address, or six or more of the characters it begins with.")
    private String peer = "";

    @Parameters(
            index = "1",
            paramLabel = "MESSAGE",
            description = "The text to send; after -- if it begins with a dash.")
    private String message = "";

    @Override
    public Integer call() {
        Map<String, Object> answer = node.ask(
                Json.of("command", "send", "peer", peer, "message", message),
                NodeAdministration.SEND_TIME.plusSeconds(10));
        node.print(
                answer,
                "answer after " + answer.get("roundTripMillis") + " ms: " + answer.get("answer"),
                Surroundings.out(spec));
        return Program.DONE;
    }
}
