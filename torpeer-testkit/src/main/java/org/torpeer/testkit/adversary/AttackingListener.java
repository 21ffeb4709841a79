package org.torpeer.testkit.adversary;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Listener;

/** What an adversarial peer accepts under a key. */
public final class AttackingListener implements AutoCloseable {
    private static final int MOST_WAITING = 1024;

    private final PeerId key;
    private final RandomGenerator random;
    private final Waiting waiting;
    private final Queue<Connection> arrived = new ArrayDeque<>();
    private CompletableFuture<Void> arrival = new CompletableFuture<>();
    private @Nullable Listener listener;

    AttackingListener(PeerId key, RandomGenerator random, Waiting waiting) {
        this.key = key;
        this.random = random;
        this.waiting = waiting;
    }

    /** The next connection somebody made, with nothing said on it yet. */
    public AttackingSession accept() {
        waiting.until(arrival());
        return new AttackingSession(next(), key, random, waiting);
    }

    /** Accepts no more, and drops what nobody took. */
    @Override
    public synchronized void close() {
        if (listener != null) {
            listener.close();
        }
        arrived.forEach(Connection::close);
        arrived.clear();
    }

    void opened(Listener open) {
        listener = open;
    }

    synchronized void arrived(Connection connection) {
        if (arrived.size() >= MOST_WAITING) {
            connection.close();
            return;
        }
        arrived.add(connection);
        arrival.complete(null);
    }

    private synchronized CompletableFuture<Void> arrival() {
        return arrival;
    }

    private synchronized Connection next() {
        Connection next = arrived.remove();
        if (arrived.isEmpty()) {
            arrival = new CompletableFuture<>();
        }
        return next;
    }
}
