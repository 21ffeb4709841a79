package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.session.Session;
import org.torpeer.proto.Frame;

/**
 * Asks connected peers for more, one after the other: soon after something was new, then less and less often. Nobody is
 * asked while there are still some to dial whom we heard of. Lives on the loop.
 */
@Singleton
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    private static final Duration LAST = Duration.ofMinutes(5);
    /** What a mature book's owner is told by one peer is the same all day. */
    private static final Duration MATURE = Duration.ofMinutes(30);
    /** Bogus peers to dial must not keep us from asking others. */
    private static final Duration PUT_OFF_AT_MOST = Duration.ofMinutes(1);

    private final AddressBook book;
    private final Sessions sessions;
    private final NodeRuntime runtime;
    private final Set<PeerId> asked = new LinkedHashSet<>();
    private Duration every = FIRST;
    private long nextAt;
    private long lastAt;
    private @Nullable Cancellable next;

    @Inject
    Asking(AddressBook book, Sessions sessions, NodeRuntime runtime) {
        this.book = book;
        this.sessions = sessions;
        this.runtime = runtime;
    }

    void start() {
        lastAt = runtime.loop().nanoTime();
        schedule();
    }

    void stop() {
        if (next != null) {
            next.cancel();
            next = null;
        }
    }

    /** Somebody was reached for the first time: others may know more like it. */
    void news() {
        if (book.young()) {
            askSoon();
        }
    }

    /** There is a session. */
    void connected() {
        if (sessions.peers().size() == 1) {
            askSoon();
        }
    }

    private void askSoon() {
        if (next == null) {
            return;
        }
        every = FIRST;
        long soon = runtime.loop().nanoTime() + 2 * FIRST.toNanos();
        if (nextAt - soon > 0) {
            next.cancel();
            schedule();
        }
    }

    private void schedule() {
        long half = every.toNanos() / 2;
        long pause = half + runtime.random().nextLong(2 * half);
        nextAt = runtime.loop().nanoTime() + pause;
        next = runtime.loop().schedule(Duration.ofNanos(pause), this::ask);
    }

    private void ask() {
        if (!somebodyToDial()) {
            Session session = draw();
            if (session != null) {
                lastAt = runtime.loop().nanoTime();
                boolean offlineToo = !book.young() && sessions.admitsOutbound(0);
                session.askForPeers(Frame.MAX_RECORDS, offlineToo)
                        .whenComplete((records, failure) -> LOG.trace("asked for peers"));
            }
            Duration last = book.young() ? LAST : MATURE;
            Duration doubled = every.multipliedBy(2);
            every = doubled.compareTo(last) > 0 ? last : doubled;
        }
        schedule();
    }

    private boolean somebodyToDial() {
        long now = runtime.loop().nanoTime();
        return book.young()
                && now - lastAt < PUT_OFF_AT_MOST.toNanos()
                && book.selectFresh(false, now, runtime.random()) != null;
    }

    /** One of those connected, none twice before all others were asked. */
    private @Nullable Session draw() {
        asked.retainAll(sessions.peers());
        List<Session> candidates = new ArrayList<>(sessions.preferred());
        if (asked.size() >= candidates.size()) {
            asked.clear();
        }
        candidates.removeIf(session -> asked.contains(session.peer()));
        if (candidates.isEmpty()) {
            return null;
        }
        Session drawn = candidates.get(runtime.random().nextInt(candidates.size()));
        PeerId peer = drawn.peer();
        if (peer != null) {
            asked.add(peer);
        }
        return drawn;
    }
}
