package org.torpeer.cli;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.admin.AdminClient;
import org.torpeer.cli.admin.AdminException;
import org.torpeer.cli.json.Json;
import org.torpeer.cli.node.PolicyFacts;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityMaker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity raise}. */
@Command(
        name = "raise",
        description =
                "Works for a better proof of an identity: of more bits, or of the kind its network demands by now. Stopped"
                        + " or killed, it goes on when started again. A running node takes the new proof when it is started"
                        + " again.")
final class IdentityRaiseCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Option(
            names = "--bits",
            paramLabel = "B",
            description =
                    "The bits the proof is to have (default: what the node that runs in the folder says its network"
                            + " demands).")
    private @Nullable Integer bits;

    @Option(names = "--algorithm", paramLabel = "NAME", description = "Another function than that of the proof.")
    private @Nullable String algorithm;

    @Option(names = "--parameters", paramLabel = "TEXT", description = "Other parameters than those of the proof.")
    private @Nullable String parameters;

    @Option(names = "--epoch", paramLabel = "E", description = "Another epoch than that of the proof.")
    private @Nullable Integer epoch;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        check();
        int threads = work.threads();
        char[] passphrase = identity.passphrase();
        try {
            Identity from = identity.file().load(passphrase.clone());
            ProofRequirement wanted = wanted(from.proof());
            Identity raised = Waiting.on(
                    spec,
                    "mining",
                    runtime -> new IdentityMaker(runtime).raise(from, wanted, threads, identity.data()));
            identity.file().raise(raised, passphrase);
            work.print(raised, spec);
            Surroundings.err(spec)
                    .println("revocation certificates hold the proof of their time: make a new one with"
                            + " 'torpeer identity revoke', for peers that do not know this key yet");
            return Program.DONE;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Known before a passphrase is asked for. */
    private void check() {
        if (bits == null && (algorithm != null || parameters != null || epoch != null)) {
            throw new InvalidInputException("how many bits? give --bits with --algorithm, --parameters and --epoch");
        }
        if (bits != null && (bits < 0 || bits > 255)) {
            throw new InvalidInputException("a difficulty is 0 to 255 bits, not " + bits);
        }
    }

    private ProofRequirement wanted(Proof proof) {
        if (bits == null) {
            return demanded();
        }
        String function = algorithm == null ? proof.algorithm() : algorithm;
        return ProofOptions.possible(new ProofRequirement(
                function, parameters(function, proof), bits, epoch == null ? proof.epoch() : epoch));
    }

    private String parameters(String function, Proof proof) {
        if (parameters != null) {
            return parameters;
        }
        return function.equals(proof.algorithm()) ? proof.parameters() : ProofOptions.usualParameters(function);
    }

    private ProofRequirement demanded() {
        try (NodeRuntime runtime = NodeRuntime.system("admin");
                AdminClient client = AdminClient.connect(identity.data(), PATIENCE, runtime)) {
            Map<String, Object> status = client.ask(Json.of("command", "status"));
            return ProofOptions.possible(PolicyFacts.wanted(status));
        } catch (AdminException e) {
            if (e.type() != AdminException.Type.NOT_RUNNING) {
                throw e;
            }
            throw new InvalidInputException(
                    "no node runs in " + identity.data() + " to say what its network demands: give --bits", e);
        }
    }
}
