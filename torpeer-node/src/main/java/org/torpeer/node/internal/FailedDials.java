package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.Backoff;
import org.torpeer.node.internal.handshake.HandshakeException;

/**
 * Judges whose failure it was. Our own side's counts against nobody, and we rest before we dial again; a peer without
 * room is left alone for as long as it asks, and for longer if we have others. A peer's own counts against it; but while
 * we have no session with anyone, our own access may be what is broken, and what such a time cost anybody is taken back
 * when it is over. Lives on the loop.
 */
@Singleton
final class FailedDials {
    private static final Duration FIRST_REST = Duration.ofSeconds(1);
    private static final Duration LAST_REST = Duration.ofMinutes(1);
    /** However long a peer without room wants us to wait. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);
    /** While we have others there is no hurry: who has no room now is likely to have none soon. */
    private static final Duration WAIT_WITH_OTHERS = Duration.ofMinutes(15);

    private static final int MAX_REMEMBERED = 4096;

    private final AddressBook book;
    private final Sessions sessions;
    private final NodeRuntime runtime;
    /** Dials in a row that failed for a reason that says nothing of the peer. */
    private final Map<PeerId, Integer> setbacks = new LinkedHashMap<>();
    /** Missed while we reached nobody, with the failures that each had before. */
    private final Map<PeerId, Integer> unjudged = new LinkedHashMap<>();

    private Duration rest = FIRST_REST;
    private long restUntil;
    private boolean resting;

    @Inject
    FailedDials(AddressBook book, Sessions sessions, NodeRuntime runtime) {
        this.book = book;
        this.sessions = sessions;
        this.runtime = runtime;
    }

    /** For how long not to dial anybody. */
    Duration rest() {
        return resting ? Duration.ofNanos(Math.max(0, restUntil - runtime.loop().nanoTime())) : Duration.ZERO;
    }

    /**
     * A dial failed.
     *
     * @return whether for a reason of the peer's own
     */
    boolean failed(PeerId peer, @Nullable Throwable failure) {
        long now = runtime.loop().nanoTime();
        if (failure != null && Dialer.peersOwn(failure)) {
            blame(peer, now);
            return true;
        }
        if (failure != null && local(failure)) {
            beginRest(now);
            book.postponed(peer, now, runtime.random());
            return false;
        }
        int times = remember(setbacks, peer, setbacks.getOrDefault(peer, 0) + 1);
        book.postponed(peer, times, now, runtime.random());
        Duration busy = failure != null && Promise.cause(failure) instanceof HandshakeException handshake
                ? handshake.whenBusy()
                : null;
        if (busy != null) {
            noRoom(peer, busy);
        }
        return false;
    }

    /**
     * A peer has no room for us. It is dialed somewhat later than it says, since many may be waiting.
     *
     * @param asked how long it wants us to wait, zero if it does not say
     */
    void noRoom(PeerId peer, Duration asked) {
        Duration least = sessions.isEmpty() || asked.compareTo(WAIT_WITH_OTHERS) > 0 ? asked : WAIT_WITH_OTHERS;
        if (!least.isZero()) {
            long nanos = Math.min(least.toNanos(), LONGEST_WAIT.toNanos());
            Duration wait = Duration.ofNanos(nanos + runtime.random().nextLong(nanos / 2));
            book.busy(peer, wait, runtime.loop().nanoTime());
        }
    }

    private void blame(PeerId peer, long now) {
        if (sessions.isEmpty()) {
            int before = book.missed(peer, now, runtime.random());
            remember(unjudged, peer, unjudged.getOrDefault(peer, before));
        } else {
            book.failed(peer, now, runtime.random());
        }
    }

    /** We dialed the peer and it authenticated itself. */
    void reached(PeerId peer) {
        setbacks.remove(peer);
        connected();
    }

    /** We have a session with somebody, so our access works. */
    void connected() {
        resting = false;
        rest = FIRST_REST;
        unjudged.forEach(
                (missed, before) -> book.pardon(missed, before, runtime.loop().nanoTime(), runtime.random()));
        unjudged.clear();
    }

    private void beginRest(long now) {
        if (!rest().isZero()) {
            return; // One of several dials at once.
        }
        restUntil = now + Backoff.spread(rest, runtime.random()).toNanos();
        resting = true;
        rest = Backoff.doubled(rest, LAST_REST);
    }

    private static boolean local(Throwable failure) {
        return Promise.cause(failure) instanceof TransportException transport
                && transport.failure() == TransportFailure.LOCAL;
    }

    private static int remember(Map<PeerId, Integer> counts, PeerId peer, int count) {
        if (counts.size() >= MAX_REMEMBERED && !counts.containsKey(peer)) {
            counts.remove(counts.keySet().iterator().next());
        }
        counts.put(peer, count);
        return count;
    }
}
