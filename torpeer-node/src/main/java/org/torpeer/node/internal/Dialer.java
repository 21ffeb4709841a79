package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.PeerTable;

/** Dials peers and authenticates them, a few at a time and never the same one twice at once. Lives on the loop. */
@Singleton
final class Dialer {
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final int AT_ONCE = 4;
    private static final int MAX_QUEUED = 256;

    private final Transport transport;
    private final HandshakeDriver handshakes;
    private final Sessions sessions;
    private final PeerTable table;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private final Map<PeerId, CompletableFuture<Session>> underWay = new HashMap<>();
    private final Queue<Endpoint> queue = new ArrayDeque<>();
    private int running;
    private boolean closed;

    @Inject
    Dialer(
            Transport transport,
            HandshakeDriver handshakes,
            Sessions sessions,
            PeerTable table,
            NodeRuntime runtime,
            NodeListener listener) {
        this.transport = transport;
        this.handshakes = handshakes;
        this.sessions = sessions;
        this.table = table;
        this.runtime = runtime;
        this.listener = listener;
    }

    /**
     * A session with the peer that we dialed ourselves: the one there is, or a new one.
     *
     * @return fails with {@link TransportException} or
     *     {@link org.torpeer.node.internal.handshake.HandshakeException}
     */
    CompletionStage<Session> dial(Endpoint target) {
        Session open = sessions.with(target.peer());
        if (open != null && open.outbound() && !open.isClosed()) {
            return CompletableFuture.completedStage(open);
        }
        if (table.revocation(target.peer()) != null) {
            return CompletableFuture.failedStage(
                    new HandshakeException(HandshakeException.Reason.RECORD_REFUSED, "its key was revoked"));
        }
        CompletableFuture<Session> same = underWay.get(target.peer());
        if (same != null) {
            return same;
        }
        if (closed || queue.size() >= MAX_QUEUED) {
            return CompletableFuture.failedStage(new TransportException(
                    TransportFailure.LOCAL, closed ? "this node is closed" : "too many dials wait already"));
        }
        CompletableFuture<Session> result = new CompletableFuture<>();
        underWay.put(target.peer(), result);
        queue.add(target);
        startNext();
        return result;
    }

    /** Dials no more; what waits fails. */
    void close() {
        closed = true;
        queue.clear();
        TransportException gone = new TransportException(TransportFailure.LOCAL, "this node is closed");
        Map.copyOf(underWay).values().forEach(result -> result.completeExceptionally(gone));
        underWay.clear();
    }

    /** Whose failure a failed dial was. */
    static boolean peersOwn(Throwable failure) {
        return !(cause(failure) instanceof TransportException known)
                || known.failure().peersOwn();
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    private void startNext() {
        while (running < AT_ONCE && !queue.isEmpty()) {
            running++;
            start(queue.remove());
        }
    }

    private void start(Endpoint target) {
        transport
                .dial(target, TIMEOUT)
                .thenComposeAsync(connection -> handshakes.dial(connection, target.peer()), runtime.loop())
                .whenCompleteAsync((session, failure) -> finished(target, session, failure), runtime.loop());
    }

    private void finished(Endpoint target, @Nullable Session session, @Nullable Throwable failure) {
        running--;
        CompletableFuture<Session> result = underWay.remove(target.peer());
        if (session != null && result != null) {
            listener.sessionOpened(target.peer());
            result.complete(session);
        } else if (failure != null && result != null) {
            result.completeExceptionally(cause(failure));
        }
        startNext();
    }
}
