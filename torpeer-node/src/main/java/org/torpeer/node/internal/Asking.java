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
import org.torpeer.node.internal.book.Backoff;
import org.torpeer.node.internal.session.Session;
import org.torpeer.proto.Frame;

/**
 * Asks connected peers for more, one after the other: again soon while what they say is news, then less and less often.
 * While a young book has plenty to dial, seldom. Lives on the loop.
 */
@Singleton
final class Asking {
    private static final Logger LOG = LoggerFactory.getLogger(Asking.class);
    private static final Duration FIRST = Duration.ofSeconds(2);
    /**
     * While what is told is news. Sooner, and all would hear of those whom all know: it takes a while for a newcomer to be
     * reached by some.
     */
    private static final Duration GROWING = Duration.ofSeconds(4);

    private static final Duration LAST = Duration.ofMinutes(5);
    /** What a mature book's owner is told by one peer is the same all day. */
    private static final Duration MATURE = Duration.ofMinutes(30);
    /** Bogus peers to dial must not keep us from asking others. */
    private static final Duration PUT_OFF_AT_MOST = Duration.ofMinutes(1);
    /** Peers asked and gone that are remembered for nothing. */
    private static final int FEW = 16;

    private final AddressBook book;
    private final Sessions sessions;
    private final NodeRuntime runtime;
    private final Set<@Nullable PeerId> asked = new LinkedHashSet<>();
    private Duration every = FIRST;
    private long nextAt;
    private long lastAt;
    private int heard;
    private int knownBefore;
    private @Nullable Cancellable turn;

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
        if (turn != null) {
            turn.cancel();
            turn = null;
        }
    }

    /** Somebody was reached for the first time: others may know more like it. */
    void news() {
        if (book.young() && nobodyToDial()) {
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
        if (turn == null) {
            return;
        }
        every = FIRST;
        long soon = runtime.loop().nanoTime() + 2 * FIRST.toNanos();
        if (nextAt - soon > 0) {
            turn.cancel();
            schedule();
        }
    }

    private void schedule() {
        Duration pause = Backoff.spread(every, runtime.random());
        nextAt = runtime.loop().nanoTime() + pause.toNanos();
        turn = runtime.loop().schedule(pause, this::ask);
    }

    private void ask() {
        if (!putOff()) {
            every = next();
            Session session = draw();
            if (session != null) {
                ask(session);
            }
        }
        schedule();
    }

    private void ask(Session session) {
        lastAt = runtime.loop().nanoTime();
        knownBefore = book.size();
        heard = 0;
        boolean offlineToo = !book.young() && sessions.admitsOutbound(0);
        session.askForPeers(Frame.MAX_RECORDS, offlineToo).whenComplete((records, failure) -> {
            heard += records == null ? 0 : records.size();
            LOG.trace("asked for peers");
        });
    }

    private boolean nobodyToDial() {
        return book.selectFresh(sessions.admitsRouter(0), false, runtime.loop().nanoTime(), runtime.random()) == null;
    }

    private boolean putOff() {
        return book.young() && book.plenty() && runtime.loop().nanoTime() - lastAt < PUT_OFF_AT_MOST.toNanos();
    }

    private Duration next() {
        if (book.young() && heard > 0 && book.size() > knownBefore) {
            return GROWING;
        }
        return Backoff.doubled(every, book.young() ? LAST : MATURE);
    }

    /** One of those connected, none twice before all others were asked. */
    private @Nullable Session draw() {
        List<Session> candidates = new ArrayList<>(sessions.preferred());
        if (asked.size() > 2 * candidates.size() + FEW) {
            asked.retainAll(sessions.peers());
        }
        Session drawn = null;
        while (!candidates.isEmpty()) {
            drawn = taken(candidates, runtime.random().nextInt(candidates.size()));
            if (asked.add(drawn.peer())) {
                return drawn;
            }
        }
        asked.clear();
        if (drawn != null) {
            asked.add(drawn.peer());
        }
        return drawn;
    }

    /** Takes one of the list, whose order is of no matter. */
    private static Session taken(List<Session> candidates, int index) {
        Session last = candidates.remove(candidates.size() - 1);
        return index == candidates.size() ? last : candidates.set(index, last);
    }
}
