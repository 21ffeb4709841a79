package org.torpeer.node.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes what was opened, last first, whatever fails on the way. Safe for several threads. */
final class Teardown implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Teardown.class);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private boolean done;

    /** Remembers something to close; closes it at once if everything else was closed already. */
    synchronized void add(AutoCloseable resource) {
        if (done) {
            close(resource);
        } else {
            opened.push(resource);
        }
    }

    @Override
    public synchronized void run() {
        done = true;
        while (!opened.isEmpty()) {
            close(opened.pop());
        }
    }

    private static void close(AutoCloseable resource) {
        try {
            resource.close();
        } catch (Exception e) {
            LOG.warn("closing goes on after: {}", e.getMessage());
        }
    }
}
