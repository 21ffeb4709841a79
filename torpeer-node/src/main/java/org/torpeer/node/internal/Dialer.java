package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.loop.OnLoop;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;

/**
 * Dials endpoints and authenticates their peers, a few at a time and never the same one twice at once. Lives on the loop.
 */
@Singleton
final class Dialer {
    static final Duration TIMEOUT = Duration.ofSeconds(60);
    static final int AT_ONCE = 4;
    private static final int MAX_QUEUED = 256;
    private static final int MAX_BROKEN = 256;

    private final Transport transport;
    private final HandshakeDriver handshakes;
    private final Sessions sessions;
    private final AddressBook book;
    private final Conduct conduct;
    private final Tally tally;
    private final OnLoop onLoop;
    private final Map<Endpoint, CompletableFuture<Session>> underWay = new LinkedHashMap<>();
    private final Deque<Endpoint> queue = new ArrayDeque<>();
    /** Where the connection broke in the last handshake. */
    private final Set<Endpoint> broken = new LinkedHashSet<>();

    private int running;
    private boolean closed;

    @Inject
    Dialer(
            Transport transport,
            HandshakeDriver handshakes,
            Sessions sessions,
            AddressBook book,
            Conduct conduct,
            Tally tally,
            NodeRuntime runtime) {
        this.transport = transport;
        this.handshakes = handshakes;
        this.sessions = sessions;
        this.book = book;
        this.conduct = conduct;
        this.tally = tally;
        this.onLoop = new OnLoop(runtime.loop());
    }

    /**
     * A session with the peer that we dialed ourselves at that endpoint: the one there is, or a new one.
     *
     * @return fails with {@link TransportException} or {@link HandshakeException}
     */
    CompletionStage<Session> dial(Endpoint target) {
        return dial(target, queue::addLast);
    }

    /** As {@link #dial}, before those that wait: somebody waits for the result. */
    CompletionStage<Session> dialFirst(Endpoint target) {
        return dial(target, queue::addFirst);
    }

    private CompletionStage<Session> dial(Endpoint target, Consumer<Endpoint> enqueue) {
        Session open = sessions.with(target.peer());
        if (open != null && target.equals(open.dialed()) && !open.isClosed()) {
            return CompletableFuture.completedStage(open);
        }
        if (book.revocation(target.peer()) != null) {
            return CompletableFuture.failedStage(
                    new HandshakeException(HandshakeException.Reason.RECORD_REFUSED, "its key was revoked"));
        }
        if (conduct.banned(target.peer())) {
            tally.count(Drop.DIAL_BANNED);
            return CompletableFuture.failedStage(
                    new HandshakeException(HandshakeException.Reason.LOCAL, target.peer() + " is banned here"));
        }
        CompletableFuture<Session> same = underWay.get(target);
        if (same != null) {
            return same;
        }
        if (closed || queue.size() >= MAX_QUEUED) {
            return CompletableFuture.failedStage(new TransportException(
                    TransportFailure.LOCAL, closed ? "this node is closed" : "too many dials wait already"));
        }
        CompletableFuture<Session> result = new CompletableFuture<>();
        underWay.put(target, result);
        enqueue.accept(target);
        startNext();
        return result;
    }

    /** How many dials are under way or wait. */
    int pending() {
        return underWay.size();
    }

    /** Dials no more; what waits fails. */
    void close() {
        closed = true;
        queue.clear();
        TransportException gone = new TransportException(TransportFailure.LOCAL, "this node is closed");
        List.copyOf(underWay.values()).forEach(result -> result.completeExceptionally(gone));
        underWay.clear();
    }

    /** Whether a failed dial may count against the peer. */
    static boolean peersOwn(Throwable failure) {
        Throwable cause = Promise.cause(failure);
        if (cause instanceof TransportException transport) {
            return transport.failure().peersOwn();
        }
        return cause instanceof HandshakeException handshake && handshake.peersOwn();
    }

    /**
     * A connection that breaks in a handshake may have been broken by our own Tor, which nobody tells us. So it counts
     * against the peer only when it was dialed again, through a Tor that works then, and broke again.
     */
    private Throwable judged(Endpoint target, Throwable failure) {
        if (failure instanceof TransportException dial && dial.failure() == TransportFailure.LOCAL) {
            broken.clear();
            return failure;
        }
        if (!(failure instanceof HandshakeException handshake)
                || handshake.reason() != HandshakeException.Reason.DISCONNECTED) {
            broken.remove(target);
            return failure;
        }
        if (broken.remove(target)) {
            return failure;
        }
        if (broken.size() >= MAX_BROKEN) {
            broken.remove(broken.iterator().next());
        }
        broken.add(target);
        return new HandshakeException(HandshakeException.Reason.BROKEN, handshake.getMessage());
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
                .thenComposeAsync(connection -> handshakes.dial(connection, target), onLoop)
                .whenCompleteAsync((session, failure) -> finished(target, session, failure), onLoop);
    }

    private void finished(Endpoint target, @Nullable Session session, @Nullable Throwable failure) {
        running--;
        CompletableFuture<Session> result = underWay.remove(target);
        if (session != null && result != null) {
            broken.remove(target);
            result.complete(session);
        } else if (failure != null && result != null) {
            result.completeExceptionally(judged(target, Promise.cause(failure)));
        }
        startNext();
    }
}
