package org.torpeer.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** What a command has from the command line it was read from. */
final class Surroundings {
    private Surroundings() {}

    /** Where it writes what it was asked for. */
    static PrintWriter out(@Nullable CommandSpec spec) {
        return required(spec).commandLine().getOut();
    }

    /** Where progress is shown, so that the output is data only. */
    static PrintWriter err(@Nullable CommandSpec spec) {
        return required(spec).commandLine().getErr();
    }

    /** The root of the command line. */
    static TorPeerCommand root(@Nullable CommandSpec spec) {
        return (TorPeerCommand) required(spec).root().userObject();
    }

    private static CommandSpec required(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("commands are run by the command line alone");
        }
        return spec;
    }
}
