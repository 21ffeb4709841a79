package org.torpeer.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.terminal.Terminal;

/** Where the program begins. */
final class Main {
    private Main() {}

    public static void main(String[] arguments) {
        PrintWriter err = output(FileDescriptor.err);
        int code = Program.run(new Stopwatch(), output(FileDescriptor.out), err, arguments);
        ErrorFilter.finish(err);
        System.exit(code);
    }

    private static PrintWriter output(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), Terminal.charset()), true);
    }
}
