package org.torpeer.cli;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Proof;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.cli.admin.AdminClient;
import org.torpeer.cli.admin.AdminException;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityDraft;
import org.torpeer.node.identity.IdentityMaker;
import org.torpeer.node.identity.Rotation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity rotate}. */
@Command(
        name = "rotate",
        description = "Makes another key and works for its proof, as good as the one there is; then the old key hands"
                + " over to it, and peers follow when the node is started again. The old one is kept beside it."
                + " Stopped or killed, it goes on when started again.")
final class IdentityRotateCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "The virtual port of the node's onion service (default: ${DEFAULT-VALUE}).")
    private int port = Endpoint.DEFAULT_PORT;

    @Mixin
    private WorkOptions work = new WorkOptions();

    @Override
    public Integer call() {
        int threads = work.threads();
        char[] passphrase = identity.passphrase();
        try {
            Identity old = identity.file().load(passphrase.clone());
            Endpoint endpoint = new Endpoint(old.id(), port);
            requireStopped();
            Proof proof = old.proof();
            ProofRequirement requirement =
                    new ProofRequirement(proof.algorithm(), proof.parameters(), proof.bits(), proof.epoch());
            IdentityDraft draft = IdentityDraft.ofSuccessor(identity.data());
            draft.discardIfOf(old.id(), passphrase.clone());
            Identity successor = Waiting.on(
                    spec,
                    "mining",
                    runtime -> new IdentityMaker(runtime)
                            .create(draft, old.network(), requirement, threads, passphrase.clone()));
            Rotation.rotate(identity.data(), successor, endpoint.port(), passphrase, now());
            draft.discard();
            work.print(successor, spec);
            return Program.DONE;
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    /** Known before the work rather than after it. */
    @SuppressWarnings("try") // that it answers is all that is asked
    private void requireStopped() {
        try (NodeRuntime runtime = NodeRuntime.system("admin");
                AdminClient client = AdminClient.connect(identity.data(), PATIENCE, runtime)) {
            throw new TorPeerException("a node runs in " + identity.data()
                    + ": stop it first with 'torpeer node stop', and start it again afterwards");
        } catch (AdminException e) {
            if (e.type() != AdminException.Type.NOT_RUNNING) {
                throw e;
            }
        }
    }

    private static Instant now() {
        try (NodeRuntime runtime = NodeRuntime.system("program")) {
            return runtime.clock().instant();
        }
    }
}
