package org.torpeer.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.torpeer.node.identity.IdentityMaker;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code torpeer identity create}. */
@Command(
        name = "create",
        description =
                "Makes a key and works for the proof its network demands; never over another. Stopped or killed, it"
                        + " goes on with the same key when started again: the folder's file 'identity-draft' keeps it.")
final class IdentityCreateCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private NewIdentityOptions identity = new NewIdentityOptions();

    @Override
    public Integer call() {
        return identity.make(spec, IdentityMaker::create);
    }
}
