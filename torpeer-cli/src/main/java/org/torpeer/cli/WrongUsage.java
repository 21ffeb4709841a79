package org.torpeer.cli;

import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Answers a wrong command line with one line that says what is wrong. */
final class WrongUsage implements IParameterExceptionHandler {
    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        command.getErr()
                .println(name + ": " + OneLine.of(String.valueOf(e.getMessage())) + "; see " + name + " --help");
        return Program.WRONG_USAGE;
    }
}
