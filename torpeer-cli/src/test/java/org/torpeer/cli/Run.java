package org.torpeer.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.torpeer.cli.process.Stopwatch;

/** What one command line gave, run within this process. */
record Run(int code, String out, String err) {
    static Run of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Program.run(new Stopwatch(), new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(code, out.toString(), err.toString());
    }
}
