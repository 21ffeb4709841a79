package org.torpeer.cli;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.torpeer.cli.process.Stopwatch;
import picocli.CommandLine;
import picocli.CommandLine.TypeConversionException;

/** The command line as a function: arguments in, text and an exit code out. */
final class Program {
    /** Exit code: what was asked for is done. */
    static final int DONE = 0;
    /** Exit code: it failed while doing it. */
    static final int FAILED = 1;
    /** Exit code: what was asked for or given cannot be used. */
    static final int WRONG_USAGE = 2;

    private Program() {}

    static int run(Stopwatch sinceStart, PrintWriter out, PrintWriter err, String... arguments) {
        CommandLine program = new CommandLine(new TorPeerCommand(sinceStart));
        program.setOut(out);
        program.setErr(err);
        program.setCaseInsensitiveEnumValuesAllowed(true);
        program.setExecutionStrategy(new NoEmptyValues(new Verbosity()));
        Numbers.register(program);
        program.registerConverter(Path.class, Program::path);
        program.setParameterExceptionHandler(new WrongUsage());
        program.setExecutionExceptionHandler(new Failures());
        int code = program.execute(arguments);
        err.flush();
        if (code == DONE && out.checkError()) {
            err.println("torpeer: the output could not be written");
            return FAILED;
        }
        return code;
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new TypeConversionException("'" + text + "' cannot be the name of a file here");
        }
    }
}
