package org.torpeer.cli.terminal;

import java.io.PrintWriter;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.EventLoop;

/** Shows how far long operations have come, each by a name. Safe for several threads. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows a report; those of one name replace each other. */
    void show(String name, Progress progress);

    /** Shows no more. */
    @Override
    void close();

    /**
     * Bars where there is a terminal, lines elsewhere.
     *
     * @param plain lines in any case
     */
    static ProgressDisplay on(PrintWriter out, EventLoop loop, boolean plain) {
        Terminal terminal = plain ? Terminal.PLAIN : Terminal.detect();
        return terminal.live() ? new ProgressBars(terminal, out, loop) : new ProgressLines(out, loop);
    }
}
