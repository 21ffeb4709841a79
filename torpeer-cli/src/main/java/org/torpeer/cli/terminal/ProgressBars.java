package org.torpeer.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;

/** A bar for each name, redrawn in place ten times a second; nothing of them stays. */
final class ProgressBars implements ProgressDisplay {
    private static final Duration FRAME = Duration.ofMillis(100);

    private final Terminal terminal;
    private final EventLoop loop;
    private final Screen screen;
    private final int width = Math.max(20, Math.min(100, Terminal.size().columns() - 1));
    private final Map<String, Bar> bars = new LinkedHashMap<>();
    private Cancellable next = () -> {};
    private boolean closed;

    ProgressBars(Terminal terminal, PrintWriter out, EventLoop loop) {
        this.terminal = terminal;
        this.loop = loop;
        screen = new Screen(out);
        loop.execute(this::frame);
    }

    @Override
    public synchronized void show(String name, Progress progress) {
        if (!closed) {
            bars.computeIfAbsent(name, absent -> new Bar(name, width, terminal.unicode()))
                    .show(progress);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        next.cancel();
        screen.draw(List.of());
        screen.close();
        bars.values().forEach(Bar::close);
    }

    private synchronized void frame() {
        if (!closed) {
            draw();
            next = loop.schedule(FRAME, this::frame);
        }
    }

    private void draw() {
        screen.draw(bars.values().stream()
                .map(bar -> new Line(width, false).add(bar.text()).toString())
                .toList());
    }
}
