package org.torpeer.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code torpeer identity show}. */
@Command(name = "show", description = "Shows the address, the network and the proof of an identity; never its key.")
final class IdentityShowCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    @Override
    public Integer call() {
        IdentityFacts.print(identity.load(), Surroundings.out(spec), json);
        return Program.DONE;
    }
}
