package org.torpeer.cli.process;

import java.time.Duration;
import java.time.Instant;
import org.torpeer.api.runtime.Driver;

/** Measures from some moment on, with the machine's monotonic time. Safe for several threads. */
@Driver("a person waits in real time")
public final class Stopwatch {
    private final long origin;

    private Stopwatch(Duration ago) {
        origin = System.nanoTime() - ago.toNanos();
    }

    public static Stopwatch fromNow() {
        return new Stopwatch(Duration.ZERO);
    }

    /** Measures from the start of this process, as exactly as the system knows that. */
    public static Stopwatch fromProcessStart() {
        Instant now = Instant.now();
        Instant start = ProcessHandle.current().info().startInstant().orElse(now);
        return new Stopwatch(start.isAfter(now) ? Duration.ZERO : Duration.between(start, now));
    }

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }
}
