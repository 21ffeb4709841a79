package org.torpeer.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.node.identity.IdentityFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity show}. */
@Command(name = "show", description = "Shows the address, the network and the proof of an identity; never its key.")
final class IdentityShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The node's folder.")
    private Path data = Path.of("");

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        IdentityFacts.print(IdentityFile.in(data).load(), Surroundings.out(spec), json);
        return Program.DONE;
    }
}
