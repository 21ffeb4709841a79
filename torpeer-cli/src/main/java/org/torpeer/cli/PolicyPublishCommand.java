package org.torpeer.cli;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.NodeAdministration;
import org.torpeer.node.policy.PolicyFile;
import org.torpeer.proto.PolicyCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer policy publish}. */
@Command(
        name = "publish",
        description =
                "Has a running node take a policy and tell its network; from node to node it reaches all that were"
                        + " started with its operator's key.")
final class PolicyPublishCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy, as 'policy sign' made it.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        String policy = Base64.getEncoder().encodeToString(PolicyCodec.encode(PolicyFile.read(file)));
        Map<String, Object> answer = node.ask(
                Json.of("command", "publish-policy", "policy", policy),
                NodeAdministration.PUBLISH_TIME.plusSeconds(10));
        node.print(
                answer,
                "policy " + answer.get("serial") + " published; told " + answer.get("told") + " peers",
                Surroundings.out(spec));
        return Program.DONE;
    }
}
