package org.torpeer.cli.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import org.torpeer.api.Endpoint;
import org.torpeer.api.Progress;
import org.torpeer.api.Role;
import org.torpeer.cli.process.Stopwatch;
import org.torpeer.cli.terminal.OneLine;

/** One line an event, each with the seconds since the program started. */
public final class PlainView implements DemoView {
    private final PrintWriter out;
    private final Stopwatch stopwatch;
    private String networkStep = "";

    public PlainView(PrintWriter out, Stopwatch stopwatch) {
        this.out = out;
        this.stopwatch = stopwatch;
    }

    @Override
    public synchronized void network(Progress progress) {
        if (!progress.step().equals(networkStep)) {
            networkStep = progress.step();
            line("network: " + progress.detail());
        }
    }

    @Override
    public void identities(Progress progress) {
        if (progress.fraction() == 1) {
            line("identities: " + progress.detail() + " made");
        }
    }

    @Override
    public void started(int node, Role role, Endpoint endpoint) {
        line("node " + node + ", a " + role.name().toLowerCase(Locale.ROOT) + ", is at " + endpoint);
    }

    @Override
    public void found(int node, int other, Duration sinceStart) {
        line("node " + node + " found node " + other);
    }

    @Override
    public void answered(int from, int to, Duration roundTrip) {
        line("node " + to + " answered node " + from + " after " + roundTrip.toMillis() + " ms");
    }

    @Override
    public void trouble(String text) {
        line("trying again: " + text);
    }

    @Override
    public void finished(String text) {
        line(text);
    }

    @Override
    public void close() {
        out.flush();
    }

    private synchronized void line(String text) {
        out.printf(Locale.ROOT, "%6.1f s  %s%n", stopwatch.elapsed().toMillis() / 1000.0, OneLine.of(text));
        out.flush();
    }
}
