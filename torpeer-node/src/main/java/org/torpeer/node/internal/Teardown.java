package org.torpeer.node.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, last first, whatever fails on the way. Safe for several threads. */
final class Teardown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean done;

    /** Remembers something to close; closes it at once if closing has begun, without waiting for the rest. */
    void add(AutoCloseable resource) {
        synchronized (this) {
            if (!done) {
                opened.push(resource);
                return;
            }
        }
        close(resource);
    }

    @Override
    public void run() {
        for (AutoCloseable next = next(); next != null; next = next()) {
            close(next);
        }
    }

    private synchronized @Nullable AutoCloseable next() {
        done = true;
        return opened.poll();
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("closing goes on after: {}", e.getMessage());
        }
    }
}
