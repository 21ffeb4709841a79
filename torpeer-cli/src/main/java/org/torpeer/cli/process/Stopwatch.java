package org.torpeer.cli.process;

import java.time.Duration;
import org.torpeer.api.runtime.Driver;

/** Measures from when it is made, with the machine's monotonic time. Safe for several threads. */
@Driver("a person waits in real time")
public final class Stopwatch {
    private final long origin = System.nanoTime();

    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - origin);
    }
}
