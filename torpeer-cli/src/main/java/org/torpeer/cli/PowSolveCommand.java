package org.torpeer.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.Miner;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.cli.pow.ProofFile;
import org.torpeer.cli.process.WholeFile;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.pow.CheckpointedMining;
import org.torpeer.proto.ProofPrefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer pow solve}. */
@Command(
        name = "solve",
        description = "Works for a proof of a key in a network and writes it to a file. With a checkpoint, what is"
                + " stopped or killed goes on when started again.")
final class PowSolveCommand implements Callable<Integer> {
    private static final double LEAST_INTERVAL = 0.1;
    private static final double MOST_INTERVAL = 3600;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--network",
            paramLabel = "NAME",
            description = "The network (default: torpeer, or the identity's).")
    private @Nullable String network;

    @Option(names = "--key", paramLabel = "HEX|ADDRESS", description = "The public key, or its onion address.")
    private @Nullable String key;

    @Option(names = "--data", paramLabel = "DIR", description = "The folder of the identity whose key it is.")
    private @Nullable Path data;

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Mixin
    private ProofOptions proof = new ProofOptions();

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "Where the proof goes; a new file.")
    private Path out = Path.of("");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description = "Says how far the search has come, and lets it go on from there; also for more bits later.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-interval",
            paramLabel = "SECONDS",
            description = "How often it is written, so at most how much work is lost by a crash: 0.1 to 3600"
                    + " (default: 5).")
    private @Nullable Double interval;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    private record Subject(NetworkId network, PeerId key) {}

    @Override
    public Integer call() {
        ProofRequirement requirement = proof.requirement();
        if (checkpoint != null && checkpoint.toAbsolutePath().equals(out.toAbsolutePath())) {
            throw new InvalidInputException("--out and --checkpoint name the same file: give two");
        }
        if (checkpoint == null && interval != null) {
            throw new InvalidInputException("--checkpoint-interval goes with --checkpoint: name a file");
        }
        Duration every = interval();
        WholeFile.prepare(out).close();
        Subject subject = subject();
        byte[] prefix = ProofPrefix.of(
                subject.network(),
                subject.key(),
                requirement.algorithm(),
                requirement.parameters(),
                requirement.epoch());
        long nonce = Waiting.on(spec, "mining", runtime -> mine(requirement, prefix, every, runtime));
        Proof solved = new Proof(
                requirement.algorithm(),
                requirement.parameters(),
                requirement.minimumBits(),
                nonce,
                requirement.epoch());
        // Prepared only now: a kill while mining would leave the draft behind.
        try (WholeFile file = WholeFile.prepare(out)) {
            file.write(new ProofFile(subject.network(), subject.key(), solved).text());
        }
        Surroundings.out(spec).println("solved: " + out);
        return Program.DONE;
    }

    private Operation<Long> mine(ProofRequirement requirement, byte[] prefix, Duration every, NodeRuntime runtime) {
        MiningJob job = new MiningJob(
                Providers.powAlgorithms().require(requirement.algorithm()),
                requirement.parameters(),
                prefix,
                requirement.minimumBits(),
                runtime.random().nextLong(),
                threads);
        return checkpoint == null
                ? Providers.miners().require(Miner.KERNEL).mine(job, runtime)
                : CheckpointedMining.start(job, checkpoint, runtime, every);
    }

    private Duration interval() {
        if (interval == null) {
            return CheckpointedMining.INTERVAL;
        }
        if (!(interval >= LEAST_INTERVAL && interval <= MOST_INTERVAL)) {
            throw new InvalidInputException("a checkpoint's interval is 0.1 to 3600 seconds");
        }
        return Duration.ofMillis(Math.round(interval * 1000));
    }

    private Subject subject() {
        if ((key == null) == (data == null)) {
            throw new InvalidInputException("give --key, or --data with an identity, and not both");
        }
        if (key != null) {
            return new Subject(NetworkId.of(network == null ? "torpeer" : network), PeerKey.parse(key));
        }
        IdentityFile file = IdentityFile.in(data);
        Identity identity = file.load(passphrase.of(file));
        return new Subject(network == null ? identity.network() : NetworkId.of(network), identity.id());
    }
}
