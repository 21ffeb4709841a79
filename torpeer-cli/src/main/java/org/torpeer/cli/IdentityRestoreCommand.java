package org.torpeer.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.cli.process.PrivateFolder;
import org.torpeer.node.identity.IdentityFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer identity restore}. */
@Command(name = "restore", description = "Brings an identity back from a backup; never over another.")
final class IdentityRestoreCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder; made if needed.")
    private Path data = Path.of("");

    @Parameters(index = "0", paramLabel = "FILE", description = "The backup.")
    private Path backup = Path.of("");

    @Override
    @SuppressWarnings("try") // that it goes if it stays empty is all that is asked
    public Integer call() {
        try (PrivateFolder folder = PrivateFolder.make(data)) {
            IdentityFile.in(data).restore(backup);
            Surroundings.out(spec).println("restored to " + data);
            return Program.DONE;
        }
    }
}
