package org.torpeer.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.node.identity.IdentityFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code torpeer identity backup}. */
@Command(
        name = "backup",
        description = "Copies an identity into one file of text that can be printed or mailed to oneself. It is sealed"
                + " only if the identity is.")
final class IdentityBackupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder.")
    private Path data = Path.of("");

    @Parameters(index = "0", paramLabel = "FILE", description = "The backup; a new file.")
    private Path backup = Path.of("");

    @Override
    public Integer call() {
        IdentityFile file = IdentityFile.in(data);
        file.backUp(backup);
        Surroundings.out(spec)
                .println("backed up to " + backup
                        + (file.sealed() ? ", sealed" : ", not sealed: whoever reads it is this node"));
        return Program.DONE;
    }
}
