package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.OnionKey;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.json.Json;
import org.torpeer.node.identity.OperatorKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer policy keygen}. */
@Command(
        name = "keygen",
        description = "Makes the key that a network's operator signs policies with, and prints its public half: what"
                + " every node of the network is started with, as --operator. Never over another.")
final class PolicyKeygenCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "Where the key goes; a new file, to be kept offline.")
    private Path file = Path.of("");

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Option(names = "--passphrase", description = "Seal the key under a passphrase asked for on the terminal.")
    private boolean ask;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        try (NodeRuntime runtime = NodeRuntime.system("program")) {
            OperatorKey.requireNew(file);
            OnionKey key = OperatorKey.create(file, passphrase.fresh(ask), runtime.random());
            String operator = PeerKey.hex(key.id());
            PrintWriter out = Surroundings.out(spec);
            out.println(json ? Json.line(Json.of("operator", operator)) : "operator  " + operator);
            return Program.DONE;
        }
    }
}
