package org.torpeer.cli;

import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.Operation;
import org.torpeer.api.Proof;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.pow.MiningJob;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.pow.CheckpointedMining;
import org.torpeer.proto.ProofPrefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity raise}. */
@Command(
        name = "raise",
        description =
                "Works for more bits on the proof of an identity. Stopped or killed, it goes on when started again:"
                        + " the folder's file 'raising' says how far it has come. A running node takes the new proof when it"
                        + " is started again.")
final class IdentityRaiseCommand implements Callable<Integer> {
    private static final String CHECKPOINT = "raising";

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Option(names = "--bits", paramLabel = "B", required = true, description = "The bits the proof is to have.")
    private int bits;

    @Option(names = "--threads", paramLabel = "N", description = "How many threads work (default: one a core).")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        if (bits < 0 || bits > 255) {
            throw new InvalidInputException("a difficulty is 0 to 255 bits, not " + bits);
        }
        char[] passphrase = identity.passphrase();
        try {
            Identity raised = raised(identity.file().load(passphrase.clone()));
            identity.file().raise(raised, passphrase);
            IdentityFacts.print(raised, Surroundings.out(spec), json);
            return Program.DONE;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private Identity raised(Identity from) {
        Proof proof = from.proof();
        if (proof.bits() >= bits) {
            throw new IdentityException("the proof has " + proof.bits() + " bits already; it is kept");
        }
        long nonce = Waiting.on(spec, "mining", runtime -> mine(from, runtime));
        Proof better = new Proof(proof.algorithm(), proof.parameters(), bits, nonce, proof.epoch());
        return new Identity(from.key(), from.network(), better);
    }

    private Operation<Long> mine(Identity from, NodeRuntime runtime) {
        Proof proof = from.proof();
        byte[] prefix = ProofPrefix.of(from.network(), from.id(), proof.algorithm(), proof.parameters(), proof.epoch());
        // The nonces before the one found were tried when it was found.
        MiningJob job = new MiningJob(
                Providers.powAlgorithms().require(proof.algorithm()),
                proof.parameters(),
                prefix,
                bits,
                proof.nonce(),
                threads);
        return CheckpointedMining.start(job, identity.data().resolve(CHECKPOINT), runtime);
    }
}
