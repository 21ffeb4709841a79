package org.torpeer.cli;

import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Operation;
import org.torpeer.api.ProofRequirement;
import org.torpeer.cli.process.PrivateFolder;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityDraft;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.IdentityMaker;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** An identity to be made: where, for which network, with which proof and passphrase. */
final class NewIdentityOptions {
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

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Mixin
    private PassphraseOptions passphrase = new PassphraseOptions();

    @Option(names = "--passphrase", description = "Seal the identity under a passphrase asked for on the terminal.")
    private boolean ask;

    /** Who works for the proof. */
    interface Start {
        Operation<Identity> with(
                IdentityMaker maker,
                IdentityDraft draft,
                NetworkId network,
                ProofRequirement requirement,
                int threads,
                char[] passphrase);
    }

    /** Has it made, keeps it in the folder, and shows it. */
    @SuppressWarnings("try") // that the folder goes if it stays empty is all that is asked of it
    int make(@Nullable CommandSpec spec, Start start) {
        NetworkId id = NetworkId.of(network);
        ProofRequirement requirement = proof.requirement();
        int threads = work.threads();
        IdentityFile file = IdentityFile.in(data);
        if (file.exists()) {
            throw new InvalidInputException("there is an identity in " + data + " already; it is kept");
        }
        IdentityDraft draft = IdentityDraft.of(data);
        char[] secret = {};
        try (PrivateFolder folder = PrivateFolder.make(data)) {
            secret = passphrase.of(draft, ask);
            char[] seal = secret;
            Identity identity = Waiting.on(
                    spec,
                    "mining",
                    runtime -> start.with(new IdentityMaker(runtime), draft, id, requirement, threads, seal.clone()));
            file.create(identity, secret);
            draft.discard();
            work.print(identity, spec);
            return Program.DONE;
        } finally {
            Arrays.fill(secret, '\0');
        }
    }
}
