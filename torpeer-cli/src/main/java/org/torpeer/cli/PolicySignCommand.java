package org.torpeer.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.OnionKey;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.OperatorKey;
import org.torpeer.node.policy.PolicyFile;
import org.torpeer.node.policy.PolicyMaker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer policy sign}. */
@Command(
        name = "sign",
        description =
                "Signs the next policy of a network. What was accepted before stays accepted for a grace period, in"
                        + " which nodes raise their proofs one by one.")
final class PolicySignCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The operator's key.")
    private Path key = Path.of("");

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Option(names = "--network", paramLabel = "NAME", required = true, description = "The network.")
    private String network = "";

    @Mixin
    private ProofOptions proof = new ProofOptions();

    @Option(
            names = "--epoch",
            paramLabel = "E",
            description =
                    "The epoch proofs are to be made for; another one makes all older proofs worthless (default: as"
                            + " before).")
    private @Nullable Integer epoch;

    @Option(
            names = "--replaces",
            paramLabel = "FILE",
            description = "The policy in force; the first policy of a network replaces none.")
    private @Nullable Path replaces;

    @Option(
            names = "--built-in",
            paramLabel = "PROOF",
            description = "What the nodes demand as long as there is no policy: easy, or ALGORITHM:BITS, or"
                    + " ALGORITHM:PARAMETERS:BITS (default: what they demand unless told otherwise).")
    private @Nullable String builtIn;

    @Option(
            names = "--after",
            paramLabel = "TIME",
            defaultValue = "0s",
            description = "When it takes effect, from now: 30s, 90m, 36h, 14d (default: at once).")
    private String after = "";

    @Option(
            names = "--grace",
            paramLabel = "TIME",
            defaultValue = "14d",
            description = "How long older proofs are accepted after that (default: ${DEFAULT-VALUE}).")
    private String grace = "";

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the policy goes; a new file.")
    private Path out = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        Duration wait = TimeSpan.parse("--after", after);
        Duration overlap = TimeSpan.parse("--grace", grace);
        NetworkId id = NetworkId.of(network);
        if (replaces != null && builtIn != null) {
            throw new InvalidInputException("--built-in is for the first policy: give it or --replaces");
        }
        if (Files.exists(out)) {
            throw new InvalidInputException(out + " exists already; it is kept: name another file");
        }
        NetworkPolicy first = NetworkPolicy.builtIn(builtIn());
        OnionKey operator = OperatorKey.load(key, OperatorKey.sealed(key) ? passphrase.of(key) : new char[0]);
        NetworkPolicy current = replaces == null
                ? first
                : PolicyFile.read(replaces, id, operator.id()).content();
        int same = current.requirements().get(0).epoch();
        ProofRequirement wanted = proof.requirement(epoch == null ? same : epoch);
        Instant now = now();
        SignedNetworkPolicy policy =
                new PolicyMaker(id, operator).next(current, List.of(wanted), now.plus(wait), overlap, now);
        PolicyFile.write(policy, out);
        PolicyShowCommand.print(policy.content(), Surroundings.out(spec), json);
        return Program.DONE;
    }

    private ProofRequirement builtIn() {
        if (builtIn == null) {
            return ProofRequirement.DEFAULT;
        }
        if (builtIn.equals("easy")) {
            return ProofRequirement.EASY;
        }
        String[] parts = builtIn.split(":", -1);
        String bits = parts[parts.length - 1];
        if (parts.length < 2 || parts.length > 3 || !bits.matches("[0-9]{1,3}")) {
            throw new InvalidInputException(
                    "--built-in is easy, ALGORITHM:BITS or ALGORITHM:PARAMETERS:BITS, not '" + builtIn + "'");
        }
        String parameters = parts.length == 3 ? parts[1] : ProofOptions.usualParameters(parts[0]);
        return ProofOptions.possible(
                new ProofRequirement(parts[0], parameters, Integer.parseInt(bits), ProofRequirement.DEFAULT.epoch()));
    }

    private static Instant now() {
        try (NodeRuntime runtime = NodeRuntime.system("program")) {
            return runtime.clock().instant();
        }
    }
}
