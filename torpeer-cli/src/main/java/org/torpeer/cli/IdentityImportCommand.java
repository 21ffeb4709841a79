package org.torpeer.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity import}. */
@Command(
        name = "import",
        description =
                "Takes the key of an onion service that exists, and works for the proof; never over another. Stopped or"
                        + " killed, it goes on when started again.")
final class IdentityImportCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private NewIdentityOptions identity = new NewIdentityOptions();

    @Option(
            names = "--from",
            paramLabel = "SERVICE_DIR",
            required = true,
            description =
                    "Tor's folder of the service (HiddenServiceDir), with its hs_ed25519_secret_key. Left as it is.")
    private Path from = Path.of("");

    @Override
    public Integer call() {
        return identity.make(
                spec,
                (maker, draft, network, requirement, threads, passphrase) ->
                        maker.importFrom(from, draft, network, requirement, threads, passphrase));
    }
}
