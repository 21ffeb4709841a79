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
        System.exit(Program.run(new Stopwatch(), output(FileDescriptor.out), output(FileDescriptor.err), arguments));
    }

    private static PrintWriter output(FileDescriptor descriptor) {
        return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), Terminal.charset()), true);
    }
}
