package org.torpeer.cli;

import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Where a command writes what it was asked for. */
final class Written {
    private Written() {}

    /** The output of the command line that a command was read from. */
    static PrintWriter by(@Nullable CommandSpec spec) {
        return required(spec).commandLine().getOut();
    }

    /** Where progress is shown, so that the output is data only. */
    static PrintWriter aside(@Nullable CommandSpec spec) {
        return required(spec).commandLine().getErr();
    }

    private static CommandSpec required(@Nullable CommandSpec spec) {
        if (spec == null) {
            throw new IllegalStateException("commands are run by the command line alone");
        }
        return spec;
    }
}
