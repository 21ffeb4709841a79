package org.torpeer.cli.terminal;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.torpeer.api.Progress;
import org.torpeer.api.runtime.EventLoop;

/** A line for each new step, and one each ten seconds while a step lasts. */
final class ProgressLines implements ProgressDisplay {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private record Shown(String step, long nanos) {}

    private final PrintWriter out;
    private final EventLoop loop;
    private final Map<String, Shown> shown = new HashMap<>();

    ProgressLines(PrintWriter out, EventLoop loop) {
        this.out = out;
        this.loop = loop;
    }

    @Override
    public synchronized void show(String name, Progress progress) {
        long now = loop.nanoTime();
        Shown before = shown.get(name);
        if (before != null && before.step().equals(progress.step()) && now - before.nanos() < PAUSE_NANOS) {
            return;
        }
        shown.put(name, new Shown(progress.step(), now));
        out.println(OneLine.of(name + ": " + progress.detail()) + " (" + Math.round(progress.fraction() * 100) + " %)");
        out.flush();
    }

    @Override
    public void close() {
        out.flush();
    }
}
