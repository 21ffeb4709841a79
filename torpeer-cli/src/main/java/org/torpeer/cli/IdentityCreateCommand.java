package org.torpeer.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Operation;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.process.PrivateFolder;
import org.torpeer.cli.process.Signals;
import org.torpeer.cli.terminal.ProgressDisplay;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.IdentityMaker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity create}. */
@Command(name = "create", description = "Makes a key and works for the proof its network demands; never over another.")
final class IdentityCreateCommand implements Callable<Integer> {
    private static final Duration AS_LONG_AS_IT_TAKES = Duration.ofDays(365);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder; made if needed.")
    private Path data = Path.of("");

    @Option(
            names = "--network",
            paramLabel = "NAME",
            defaultValue = "torpeer",
            description = "The network the proof is for (default: ${DEFAULT-VALUE}).")
    private String network = "";

    @Mixin
    private ProofOptions proof = new ProofOptions();

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        NetworkId id = NetworkId.of(network);
        ProofRequirement requirement = proof.requirement();
        PrivateFolder.make(data);
        IdentityFile file = IdentityFile.in(data);
        if (file.exists()) {
            throw new IdentityException("there is an identity in " + data + " already; it is kept");
        }
        try (Signals signals = Signals.breakOff();
                NodeRuntime runtime = NodeRuntime.system("identity")) {
            Operation<Identity> making = new IdentityMaker(runtime).create(id, requirement, threads);
            signals.ask(making::cancel);
            Identity identity = made(making, runtime);
            file.create(identity);
            IdentityFacts.print(identity, Surroundings.out(spec), json);
            return Program.DONE;
        }
    }

    private Identity made(Operation<Identity> making, NodeRuntime runtime) {
        try (ProgressDisplay display = ProgressDisplay.on(Surroundings.err(spec), runtime.loop(), false)) {
            making.onProgress(progress -> display.show("mining", progress));
            return making.await(AS_LONG_AS_IT_TAKES);
        }
    }
}
