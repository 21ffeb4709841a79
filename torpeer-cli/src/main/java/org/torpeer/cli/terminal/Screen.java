package org.torpeer.cli.terminal;

import java.io.PrintWriter;
import java.util.List;

/**
 * The last lines of a terminal, drawn over in place. The cursor is hidden from the first drawing to {@link #close}; what
 * was drawn last stays. Safe for several threads.
 */
public final class Screen implements AutoCloseable {
    private static final String HIDE_CURSOR = "\u001b[?25l";
    private static final String SHOW_CURSOR = "\u001b[?25h";
    private static final String CLEAR_LINE_REST = "\u001b[K";
    private static final String CLEAR_BELOW = "\u001b[J";

    private final PrintWriter out;
    private int drawn;
    private boolean hidden;
    private boolean closed;

    public Screen(PrintWriter out) {
        this.out = out;
    }

    /**
     * Replaces what was drawn before.
     *
     * @param lines none wider than the terminal, fewer than it has rows
     */
    public synchronized void draw(List<String> lines) {
        if (closed) {
            return;
        }
        StringBuilder frame = new StringBuilder();
        if (!hidden) {
            frame.append(HIDE_CURSOR);
            hidden = true;
        }
        if (drawn > 0) {
            frame.append("\u001b[").append(drawn).append('A');
        }
        frame.append('\r');
        lines.forEach(line -> frame.append(line).append(CLEAR_LINE_REST).append('\n'));
        frame.append(CLEAR_BELOW);
        drawn = lines.size();
        out.print(frame);
        out.flush();
    }

    /** Shows the cursor again. Further calls do nothing. */
    @Override
    public synchronized void close() {
        if (!closed && hidden) {
            out.print(SHOW_CURSOR);
            out.flush();
        }
        closed = true;
    }
}
