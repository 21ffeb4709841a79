package org.torpeer.transport.tor.internal;

import java.net.SocketTimeoutException;
import java.time.Duration;
import org.torpeer.api.runtime.EventLoop;

/** A moment in monotonic time that a whole exchange must not outlast, however many steps it has. */
public final class Deadline {
    private final EventLoop time;
    private final long end;

    private Deadline(EventLoop time, long end) {
        this.time = time;
        this.end = end;
    }

    public static Deadline after(Duration duration, EventLoop time) {
        return new Deadline(time, time.nanoTime() + duration.toNanos());
    }

    /** What is left; never negative. */
    public Duration left() {
        return Duration.ofNanos(Math.max(0, end - time.nanoTime()));
    }

    public boolean passed() {
        return left().isZero();
    }

    /**
     * What is left in milliseconds, at least 1, as socket time-outs want it (0 means for ever to them).
     *
     * @throws SocketTimeoutException if nothing is left
     */
    int socketTimeout() throws SocketTimeoutException {
        Duration left = left();
        if (left.isZero()) {
            throw new SocketTimeoutException("out of time");
        }
        return (int) Math.min(Integer.MAX_VALUE, left.toMillis() + 1);
    }
}
