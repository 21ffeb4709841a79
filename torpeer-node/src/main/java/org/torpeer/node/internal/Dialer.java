package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
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
 * Dials endpoints and authenticates their peers, a few at a time and no endpoint twice at once for a session. Lives on
 * the loop.
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
    private final Set<Call<?>> underWay = new LinkedHashSet<>();
    private final Deque<Call<?>> queue = new ArrayDeque<>();
    /** Those for sessions, which are the same for all who want one. */
    private final Map<Endpoint, Call<Session>> meetings = new HashMap<>();
    /** Where the connection broke in the last handshake. */
    private final Set<Endpoint> broken = new LinkedHashSet<>();

    private int running;
    private boolean closed;

    /** A dial from the queue to its end. */
    private static final class Call<T> {
        final Endpoint target;
        final Function<Connection, CompletionStage<T>> handshake;
        final CompletableFuture<T> result = new CompletableFuture<>();

        Call(Endpoint target, Function<Connection, CompletionStage<T>> handshake) {
            this.target = target;
            this.handshake = handshake;
        }
    }

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

    private CompletionStage<Session> dial(Endpoint target, Consumer<Call<?>> enqueue) {
        Session open = dialedBefore(target);
        if (open != null) {
            return CompletableFuture.completedStage(open);
        }
        Call<Session> same = meetings.get(target);
        if (same != null) {
            return same.result;
        }
        TorPeerException refusal = refusal(target);
        if (refusal != null) {
            return CompletableFuture.failedStage(refusal);
        }
        Call<Session> call = new Call<>(target, connection -> handshakes.dial(connection, target));
        meetings.put(target, call);
        return begin(call, enqueue);
    }

    /**
     * The record of the peer at that endpoint, once it has authenticated itself there, which says nothing to it of us; at
     * once if there is a session that we dialed.
     *
     * @return fails as {@link #dial} does
     */
    CompletionStage<SignedPeerRecord> look(Endpoint target) {
        Session open = dialedBefore(target);
        SignedPeerRecord shown = open == null ? null : open.record();
        if (shown != null) {
            return CompletableFuture.completedStage(shown);
        }
        TorPeerException refusal = refusal(target);
        return refusal == null
                ? begin(new Call<>(target, connection -> handshakes.look(connection, target)), queue::addLast)
                : CompletableFuture.failedStage(refusal);
    }

    private @Nullable Session dialedBefore(Endpoint target) {
        Session open = sessions.with(target.peer());
        return open != null && target.equals(open.dialed()) && !open.isClosed() ? open : null;
    }

    /** Why the endpoint is not to be dialed, or not now. */
    private @Nullable TorPeerException refusal(Endpoint target) {
        if (book.revocation(target.peer()) != null) {
            return new HandshakeException(HandshakeException.Reason.RECORD_REFUSED, "its key was revoked");
        }
        if (conduct.banned(target.peer())) {
            tally.count(Drop.DIAL_BANNED);
            return new HandshakeException(HandshakeException.Reason.LOCAL, target.peer() + " is banned here");
        }
        if (closed || queue.size() >= MAX_QUEUED) {
            return new TransportException(
                    TransportFailure.LOCAL, closed ? "this node is closed" : "too many dials wait already");
        }
        return null;
    }

    private <T> CompletionStage<T> begin(Call<T> call, Consumer<Call<?>> enqueue) {
        underWay.add(call);
        enqueue.accept(call);
        startNext();
        return call.result;
    }

    /** How many dials for a session are under way or wait. */
    int pending() {
        return meetings.size();
    }

    /** Dials no more; what waits fails. */
    void close() {
        closed = true;
        queue.clear();
        TransportException gone = new TransportException(TransportFailure.LOCAL, "this node is closed");
        List.copyOf(underWay).forEach(call -> call.result.completeExceptionally(gone));
        underWay.clear();
        meetings.clear();
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

    private <T> void start(Call<T> call) {
        transport
                .dial(call.target, TIMEOUT)
                .thenComposeAsync(call.handshake, onLoop)
                .whenCompleteAsync((value, failure) -> finished(call, value, failure), onLoop);
    }

    private <T> void finished(Call<T> call, @Nullable T value, @Nullable Throwable failure) {
        running--;
        meetings.remove(call.target, call);
        if (underWay.remove(call)) {
            if (value != null) {
                broken.remove(call.target);
                call.result.complete(value);
            } else if (failure != null) {
                call.result.completeExceptionally(judged(call.target, Promise.cause(failure)));
            }
        }
        startNext();
    }
}
