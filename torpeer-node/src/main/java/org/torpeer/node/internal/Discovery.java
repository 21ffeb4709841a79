package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.PeerEntry;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.node.internal.table.PeerTable;

/**
 * Goes through the table: dials what we have only heard of, keeps some sessions open, asks for more peers. A peer that
 * we reached for the first time is announced to the peers we are connected with. Lives on the loop.
 */
@Singleton
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration FIRST_ASK = Duration.ofSeconds(2);
    private static final Duration LAST_ASK = Duration.ofMinutes(5);
    private static final int ASK_LIMIT = 128;
    private static final int ANNOUNCE_TO = 8;
    /** One place is left to those who wait for a request to be answered. */
    private static final int DIALS_AT_ONCE = Dialer.AT_ONCE - 1;

    private final PeerTable table;
    private final PeerJournal journal;
    private final Dialer dialer;
    private final Sessions sessions;
    private final PolicyIntake policies;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private final List<Waiter> waiters = new ArrayList<>();
    private int dialing;
    private boolean running;
    private Duration askEvery = FIRST_ASK;

    /** Somebody who waits until each of some peers was tried. */
    private record Waiter(Set<PeerId> peers, CompletableFuture<Void> tried) {}

    @Inject
    Discovery(
            PeerTable table,
            PeerJournal journal,
            Dialer dialer,
            Sessions sessions,
            PolicyIntake policies,
            NodeRuntime runtime,
            NodeListener listener) {
        this.table = table;
        this.journal = journal;
        this.dialer = dialer;
        this.sessions = sessions;
        this.policies = policies;
        this.runtime = runtime;
        this.listener = listener;
    }

    void start() {
        running = true;
        tick();
        scheduleAsk();
    }

    void stop() {
        running = false;
        waiters.forEach(waiter -> waiter.tried().complete(null));
        waiters.clear();
    }

    /** Something changed that may be worth a dial. */
    void wake() {
        while (running && dialing < DIALS_AT_ONCE) {
            PeerEntry due = table.due(runtime.loop().nanoTime(), this::worthDialing);
            if (due != null) {
                dial(due);
                continue;
            }
            PeerEntry left = table.handingOver(runtime.loop().nanoTime());
            if (left == null) {
                return;
            }
            follow(left);
        }
    }

    /**
     * We dialed a peer and it authenticated itself. It counts as reached if its record names the endpoint that we dialed;
     * otherwise what it names has to be dialed first.
     */
    void reached(Session session) {
        SignedPeerRecord shown = session.record();
        if (shown == null) {
            return;
        }
        PeerEntry changed = table.put(shown, runtime.loop().nanoTime());
        PeerEntry entry = table.get(shown.peer());
        boolean elsewhere = entry == null || !entry.endpoint().equals(session.dialed());
        if (entry == null || elsewhere || table.revocation(entry.id()) != null) {
            return;
        }
        boolean news = table.reached(entry, runtime.clock().instant());
        journal.changed(entry.id());
        if (news) {
            askEvery = FIRST_ASK;
            listener.peerVerified(entry.snapshot(true));
        }
        if (news || changed != null) {
            listener.peerChanged(entry.snapshot(true));
            announce(entry.record());
        }
    }

    /** A session ended that was the only one with its peer. */
    void disconnected(PeerId peer) {
        PeerEntry entry = table.get(peer);
        if (entry != null) {
            table.disconnected(entry, runtime.loop().nanoTime(), runtime.random());
        }
    }

    /** Completes when each of the peers that is in the table has been dialed at least once, with whatever result. */
    CompletionStage<Void> tried(Set<PeerId> peers) {
        Waiter waiter = new Waiter(peers, new CompletableFuture<>());
        waiters.add(waiter);
        tellWaiters();
        return waiter.tried();
    }

    /** Tells some of the connected peers, never the one it is about. */
    void announce(SignedPeerRecord record) {
        List<Session> others = new ArrayList<>(sessions.preferred());
        others.removeIf(session -> Objects.equals(session.peer(), record.peer()));
        RandomGenerator random = runtime.random();
        for (int told = 0; told < ANNOUNCE_TO && !others.isEmpty(); told++) {
            others.remove(random.nextInt(others.size())).announce(record);
        }
    }

    /**
     * Peers never reached are checked, and those that came back and dialed us; of the others as many are kept connected
     * as there are places.
     */
    private boolean worthDialing(PeerEntry entry) {
        Session open = sessions.with(entry.id());
        if (open != null && entry.endpoint().equals(open.dialed())) {
            return false;
        }
        boolean unchecked = entry.verifiedAt() == null || (open != null && entry.unchecked());
        return unchecked || (open == null && sessions.admitsOutbound(dialer.pending()));
    }

    private void dial(PeerEntry entry) {
        dialing++;
        table.dialing(entry, true);
        dialer.dial(entry.endpoint()).whenComplete((session, failure) -> {
            dialing--;
            table.dialing(entry, false);
            if (session != null) {
                reached(session);
            } else {
                dialFailed(entry, failure);
            }
            wake();
            tellWaiters();
        });
    }

    /** Dials the successor of a peer that we had authenticated; only when it has authenticated itself does it count. */
    private void follow(PeerEntry left) {
        Successor successor = left.record().content().successor();
        if (successor == null) {
            return;
        }
        dialing++;
        table.dialing(left, true);
        Endpoint target = new Endpoint(successor.key(), left.endpoint().port());
        dialer.dial(target).whenComplete((session, failure) -> {
            dialing--;
            table.dialing(left, false);
            if (session != null) {
                followed(left, session);
            } else if (failure != null && Dialer.peersOwn(failure)) {
                LOG.debug("{}, the successor of {}, is not reached: {}", target, left.id(), failure.getMessage());
                table.failed(left, runtime.loop().nanoTime(), runtime.random());
            } else {
                table.postponed(left, runtime.loop().nanoTime(), runtime.random());
            }
            wake();
        });
    }

    private void followed(PeerEntry left, Session session) {
        reached(session);
        table.replaced(left);
        journal.changed(left.id());
        listener.peerChanged(left.snapshot(false));
    }

    private void tellWaiters() {
        List<Waiter> done = waiters.stream()
                .filter(waiter -> waiter.peers().stream().noneMatch(this::untried))
                .toList();
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.tried().complete(null));
    }

    private boolean untried(PeerId peer) {
        PeerEntry entry = table.get(peer);
        return entry != null && entry.untried();
    }

    private void dialFailed(PeerEntry entry, @Nullable Throwable failure) {
        long now = runtime.loop().nanoTime();
        if (failure != null && Dialer.peersOwn(failure)) {
            LOG.debug("{} is not reached: {}", entry.id(), failure.getMessage());
            table.failed(entry, now, runtime.random());
            listener.peerChanged(entry.snapshot(sessions.with(entry.id()) != null));
        } else {
            table.postponed(entry, now, runtime.random());
        }
    }

    private void tick() {
        if (!running) {
            return;
        }
        runtime.loop().schedule(TICK, this::tick);
        policies.tick();
        Instant now = runtime.clock().instant();
        table.expire(now).forEach(journal::changed);
        sessions.trim();
        wake();
        tellWaiters();
    }

    private void scheduleAsk() {
        long half = askEvery.toMillis() / 2;
        runtime.loop().schedule(Duration.ofMillis(half + runtime.random().nextLong(2 * half)), this::ask);
    }

    private void ask() {
        if (!running) {
            return;
        }
        List<Session> open = List.copyOf(sessions.preferred());
        if (!open.isEmpty()) {
            Duration doubled = askEvery.multipliedBy(2);
            askEvery = doubled.compareTo(LAST_ASK) > 0 ? LAST_ASK : doubled;
            open.get(runtime.random().nextInt(open.size()))
                    .askForPeers(ASK_LIMIT)
                    .whenComplete((records, failure) -> LOG.trace("asked for peers"));
        }
        scheduleAsk();
    }
}
