package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.PolicyFacts;
import org.torpeer.node.policy.PolicyFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer policy show}. */
@Command(name = "show", description = "Shows a policy, and checks who signed it if told for whom it is to be.")
final class PolicyShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The policy, as 'policy sign' made it.")
    private Path file = Path.of("");

    @Option(names = "--network", paramLabel = "NAME", description = "The network it is to be signed for.")
    private @Nullable String network;

    @Option(names = "--operator", paramLabel = "KEY", description = "The operator who is to have signed it.")
    private @Nullable String operator;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if ((network == null) != (operator == null)) {
            throw new InvalidInputException(
                    "a signature is an operator's for a network: give --network and --operator");
        }
        NetworkPolicy policy = network == null || operator == null
                ? PolicyFile.read(file).content()
                : PolicyFile.read(file, NetworkId.of(network), PeerKey.parse(operator))
                        .content();
        print(policy, Surroundings.out(spec), json);
        if (network == null) {
            Surroundings.err(spec).println("the signature was not checked: give --network and --operator");
        }
        return Program.DONE;
    }

    static void print(NetworkPolicy policy, PrintWriter out, boolean json) {
        if (json) {
            out.println(Json.line(PolicyFacts.of(policy)));
            return;
        }
        out.println("serial     " + policy.serial());
        policy.requirements().forEach(requirement -> out.println("demands    " + PolicyFacts.text(requirement)));
        policy.previous().forEach(requirement -> out.println("before     " + PolicyFacts.text(requirement)));
        out.println("effective  " + policy.effective());
        out.println("settled    " + policy.settled());
    }
}
