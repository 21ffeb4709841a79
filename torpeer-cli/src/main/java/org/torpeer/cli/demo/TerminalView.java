package org.torpeer.cli.demo;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Progress;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.terminal.Bar;
import org.torpeer.cli.terminal.Line;
import org.torpeer.cli.terminal.Line.Look;
import org.torpeer.cli.terminal.OneLine;
import org.torpeer.cli.terminal.Screen;
import org.torpeer.cli.terminal.Terminal;
import org.torpeer.cli.terminal.Wrapped;

/** Progress bars, then who knows whom as a table that fills; redrawn in place ten times a second. */
public final class TerminalView implements DemoView {
    private static final Duration FRAME = Duration.ofMillis(100);
    /** How many frames a terminal's size is taken to stay the same. */
    private static final int FRAMES_A_SIZE = 20;

    private static final int WIDEST = 100;

    private final Terminal terminal;
    private final DemoPlan plan;
    private final Stopwatch stopwatch;
    private final EventLoop loop;
    private final Screen screen;
    private final DemoMatrix matrix;
    private final Bar networkBar;
    private final Bar identitiesBar;
    private Terminal.Size size = Terminal.size();
    private int frames;
    private Cancellable next = () -> {};
    private boolean networkReady;
    private String networkLine = "";
    private String bottom = "";
    private Look bottomLook = Look.DIM;
    private boolean closed;

    /** Draws on the process's own terminal from now on. */
    public TerminalView(Terminal terminal, DemoPlan plan, Stopwatch stopwatch, EventLoop loop) {
        this.terminal = terminal;
        this.plan = plan;
        this.stopwatch = stopwatch;
        this.loop = loop;
        screen = new Screen(
                new PrintWriter(new OutputStreamWriter(new FileOutputStream(FileDescriptor.out), Terminal.charset())));
        matrix = new DemoMatrix(plan.nodes(), terminal);
        networkBar = new Bar("network", width() - 1, terminal.unicode());
        identitiesBar = new Bar("identities", width() - 1, terminal.unicode());
        loop.execute(this::frame);
    }

    @Override
    public synchronized void network(Progress progress) {
        networkBar.show(progress);
        if (progress.fraction() == 1 && !networkReady) {
            networkReady = true;
            networkLine = String.format(
                    Locale.ROOT,
                    "  network ready after %.1f s",
                    stopwatch.elapsed().toMillis() / 1000.0);
        }
    }

    @Override
    public synchronized void identities(Progress progress) {
        identitiesBar.show(progress);
    }

    @Override
    public synchronized void started(int node, Role role, Endpoint endpoint) {
        matrix.started(node, role, endpoint);
    }

    @Override
    public synchronized void found(int node, int other, Duration sinceStart) {
        matrix.found(node, other);
    }

    @Override
    public synchronized void answered(int from, int to, Duration roundTrip) {
        matrix.answered(from, to, roundTrip);
    }

    @Override
    public synchronized void trouble(String line) {
        bottom = "trying again: " + OneLine.of(line);
        bottomLook = Look.YELLOW;
    }

    @Override
    public synchronized void finished(String line) {
        bottom = line;
        bottomLook = Look.GREEN;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        next.cancel();
        draw();
        screen.close();
        networkBar.close();
        identitiesBar.close();
    }

    private synchronized void frame() {
        if (closed) {
            return;
        }
        if (++frames % FRAMES_A_SIZE == 0) {
            size = Terminal.size();
        }
        draw();
        next = loop.schedule(FRAME, this::frame);
    }

    private void draw() {
        List<String> foot = Wrapped.lines(bottom, width() - 2);
        List<String> lines = new ArrayList<>();
        lines.add(title());
        if (networkReady) {
            lines.add(line().add(networkLine, Look.DIM).toString());
            lines.addAll(matrix.lines(width(), size.rows() - 4 - Math.max(1, foot.size())));
        } else {
            lines.add(line().add(networkBar.text()).toString());
            lines.add(line().add(identitiesBar.text()).toString());
        }
        for (String row : foot) {
            lines.add(line().add("  ").add(row, bottomLook).toString());
        }
        screen.draw(lines);
    }

    private String title() {
        String time = String.format(Locale.ROOT, "%.1f s", stopwatch.elapsed().toMillis() / 1000.0);
        String where = plan.transport().equals("tor") ? "a private Tor network" : "a network in memory";
        Line line = line().add("TorPeer demo", Look.BOLD)
                .add("  1 router and " + (plan.nodes() - 1) + " participants on " + where);
        return line.left() > time.length()
                ? line.to(width() - time.length()).add(time, Look.DIM).toString()
                : line.toString();
    }

    private Line line() {
        return new Line(width(), terminal.colour());
    }

    /** One column stays free: some terminals wrap when the last is written. */
    private int width() {
        return Math.max(10, Math.min(WIDEST, size.columns() - 1));
    }
}
