package org.torpeer.cli;

import picocli.CommandLine;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Sets the log level before the command, and with it the first class that logs, is touched. */
final class Verbosity implements IExecutionStrategy {
    private static final String LEVEL = "org.slf4j.simpleLogger.defaultLogLevel";

    @Override
    public int execute(ParseResult parsed) {
        TorPeerCommand root = (TorPeerCommand) parsed.commandSpec().root().userObject();
        System.setProperty(LEVEL, root.verbose() ? "debug" : System.getProperty(LEVEL, "warn"));
        return new RunLast().execute(parsed);
    }

    static boolean asked(CommandLine command) {
        return ((TorPeerCommand) command.getCommandSpec().root().userObject()).verbose();
    }
}
