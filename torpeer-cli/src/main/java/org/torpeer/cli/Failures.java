package org.torpeer.cli;

import java.util.EnumSet;
import java.util.Set;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.lookup.ProviderNotFoundException;
import org.torpeer.cli.admin.AdminException;
import org.torpeer.cli.terminal.OneLine;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.node.identity.IdentityNotKeptException;
import org.torpeer.pow.checkpoint.CheckpointException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Answers a failed command with one line; its origin is shown on request only. */
final class Failures implements IExecutionExceptionHandler {
    private static final Set<AdminException.Type> TYPED_WRONG =
            EnumSet.of(AdminException.Type.BAD_REQUEST, AdminException.Type.TOO_LONG, AdminException.Type.NO_SUCH_PEER);

    @Override
    public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + sentence(e));
        if (Verbosity.asked(command)) {
            e.printStackTrace(command.getErr());
        }
        return wrongInput(e) ? Program.WRONG_USAGE : Program.FAILED;
    }

    /** Whether it is what was asked for or given that must change. */
    private static boolean wrongInput(Exception e) {
        if (e instanceof AdminException refused) {
            return TYPED_WRONG.contains(refused.type());
        }
        if (e instanceof CheckpointException checkpoint) {
            return checkpoint.reason() == CheckpointException.Reason.CORRUPT
                    || checkpoint.reason() == CheckpointException.Reason.FOREIGN;
        }
        return e instanceof InvalidInputException
                || e instanceof ProviderNotFoundException
                || (e instanceof IdentityException && !(e instanceof IdentityNotKeptException));
    }

    private static String sentence(Exception e) {
        String message = e.getMessage();
        if (e instanceof TorPeerException && message != null) {
            return OneLine.of(message);
        }
        return "this went wrong in a way nobody thought of (run again with --verbose to see where)";
    }
}
