package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.identity.Revocation;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity revoke}. */
@Command(
        name = "revoke",
        description =
                "Makes the certificate that ends an identity for good, to be kept apart from it: whoever loses the"
                        + " key, or has it stolen, publishes the certificate with 'node publish'. Nothing ends before that.")
final class IdentityRevokeCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            required = true,
            description = "Where the certificate goes; a new file.")
    private Path certificate = Path.of("");

    @Override
    public Integer call() {
        SignedPeerRecord record = Revocation.certificate(identity.load());
        Revocation.write(record, certificate);
        PrintWriter out = Surroundings.out(spec);
        out.println("certificate in " + certificate + ": whoever has it can end "
                + record.content().endpoint().peer());
        return Program.DONE;
    }
}
