package org.torpeer.cli;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.OperationCancelledException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.admin.AdminClient;
import org.torpeer.cli.json.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code torpeer node stop}. */
@Command(name = "stop", description = "Stops a running node, and waits until it is down.")
final class NodeStopCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Override
    public Integer call() {
        try (NodeRuntime runtime = NodeRuntime.system("admin");
                AdminClient client = AdminClient.connect(node.data(), PATIENCE, runtime)) {
            Map<String, Object> answer = client.ask(Json.of("command", "stop"));
            client.awaitEnd();
            if (answer.get("pid") instanceof Long pid) {
                ProcessHandle.of(pid)
                        .filter(process -> !process.equals(ProcessHandle.current()))
                        .ifPresent(NodeStopCommand::awaitExit);
            }
        }
        Surroundings.out(spec).println(node.json() ? Json.line(Json.of("state", "stopped")) : "stopped");
        return Program.DONE;
    }

    private static void awaitExit(ProcessHandle process) {
        try {
            process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new TorPeerException("the node has stopped, but its process " + process.pid() + " is still there", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OperationCancelledException("interrupted");
        }
    }
}
