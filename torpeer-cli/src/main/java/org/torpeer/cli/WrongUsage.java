package org.torpeer.cli;

import java.util.regex.Pattern;
import org.torpeer.cli.terminal.OneLine;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** Answers a wrong command line with one line that says what is wrong. */
final class WrongUsage implements IParameterExceptionHandler {
    /** The parser's words for a setting that is no pair. */
    private static final Pattern PAIR = Pattern.compile(
            "Value for option option '(\\S+)' \\((\\S+)\\) should be in KEY=VALUE format but was (.*)", Pattern.DOTALL);

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String message = PAIR.matcher(String.valueOf(e.getMessage()))
                .replaceAll("$1 takes $2, not '$3'")
                .replaceFirst("^Error: ", "");
        command.getErr().println(name + ": " + OneLine.of(message) + "; see " + name + " --help");
        return Program.WRONG_USAGE;
    }
}
