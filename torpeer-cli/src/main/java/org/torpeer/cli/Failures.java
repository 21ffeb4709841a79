package org.torpeer.cli;

import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.ProviderNotFoundException;
import org.torpeer.cli.admin.AdminException;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Answers a failed command with one line; its origin is shown on request only. */
final class Failures implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence(e));
        if (Verbosity.asked(command)) {
            e.printStackTrace(command.getErr());
        }
        return wrongInput(e) ? Program.WRONG_USAGE : Program.FAILED;
    }

    /** Whether it is the command line that must change. */
    private static boolean wrongInput(Exception e) {
        return e instanceof InvalidInputException
                || e instanceof ProviderNotFoundException
                || (e instanceof AdminException refused && refused.type() == AdminException.Type.BAD_REQUEST);
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        if (e instanceof TorPeerException && message != null) {
            return OneLine.of(message);
        }
        return OneLine.of("unexpected " + e.getClass().getSimpleName() + (message == null ? "" : ": " + message)
                + " (run again with --verbose to see where)");
    }
}
