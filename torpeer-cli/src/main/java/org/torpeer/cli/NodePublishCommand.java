package org.torpeer.cli;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.NodeAdministration;
import org.torpeer.node.identity.Revocation;
import org.torpeer.proto.RecordCodec;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer node publish}. */
@Command(
        name = "publish",
        description =
                "Has a running node, of whatever identity, tell its network that a key is given up for good. A node"
                        + " whose own key it is stops.")
final class NodePublishCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private RunningNode node = new RunningNode();

    @Parameters(
            index = "0",
            paramLabel = "FILE",
            description = "The certificate, as 'identity revoke' made it in advance.")
    private Path certificate = Path.of("");

    @Override
    public Integer call() {
        String revocation = Base64.getEncoder().encodeToString(RecordCodec.encode(Revocation.read(certificate)));
        Map<String, Object> answer = node.ask(
                Json.of("command", "publish", "revocation", revocation),
                NodeAdministration.PUBLISH_TIME.plusSeconds(10));
        node.print(
                answer,
                "revoked " + answer.get("peer") + "; told " + answer.get("told") + " peers",
                Surroundings.out(spec));
        return Program.DONE;
    }
}
