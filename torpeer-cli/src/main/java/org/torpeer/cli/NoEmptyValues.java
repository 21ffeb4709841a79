package org.torpeer.cli;

import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Refuses options with an empty value. They come from shell variables that are not set, and would be taken for this
 * folder, or for an option that was not given.
 */
final class NoEmptyValues implements IExecutionStrategy {
    private final IExecutionStrategy next;

    NoEmptyValues(IExecutionStrategy next) {
        this.next = next;
    }

    @Override
    public int execute(ParseResult parsed) throws ExecutionException, ParameterException {
        for (ParseResult command = parsed; command != null; command = command.subcommand()) {
            for (OptionSpec option : command.matchedOptions()) {
                if (option.originalStringValues().contains("")) {
                    throw new ParameterException(
                            command.commandSpec().commandLine(), option.longestName() + " must not be empty");
                }
            }
        }
        return next.execute(parsed);
    }
}
