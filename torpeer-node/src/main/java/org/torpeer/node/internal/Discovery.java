package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
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
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.AddressBook.Taken;
import org.torpeer.node.internal.book.Backoff;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;

/**
 * Decides whom to dial: keeps as many peers connected as there are places, and finds out who of those in the book is there.
 * In a young book everybody heard of is dialed at once; in a mature one a peer every two minutes, at moments nobody can
 * foresee, so that a newcomer is not dialed by all who hear of it. A peer of which nobody but itself had told us is
 * announced, once we reached it, to some of those we are connected with; of the others they hear when they ask.
 * Something happens only when there is a reason; a node at rest does next to nothing. Lives on the loop.
 */
@Singleton
final class Discovery {
    private static final Logger LOG = LoggerFactory.getLogger(Discovery.class);
    private static final Duration NEVER = AddressBook.NEVER;
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LAST_PAUSE = Duration.ofMinutes(1);
    /** A peer that we reached is dialed again to see how it is when that is longer ago. */
    private static final Duration PROBE_AFTER = Duration.ofHours(1);

    /** So many times sooner than usual we look for another peer in place of one that had no room. */
    private static final int SOONER = 16;
    /** So many after one such peer: what they find may have no room either, or be gone. */
    private static final int MOST_LOOKS_SOON = 3;

    private static final Duration SHORT_STAY = Duration.ofSeconds(15);
    private static final int ANNOUNCE_TO = 8;
    private static final int MAX_TO_LOOK_AT = 256;
    /** Drawn in vain before one of them is taken. */
    private static final int MAX_DISCOURAGED = 16;

    private static final Duration LOOK_AGAIN_AT_BANNED = Duration.ofMinutes(10);
    /** One place is left to those who wait for a request to be answered. */
    private static final int DIALS_AT_ONCE = Dialer.AT_ONCE - 1;

    private final Identity identity;
    private final AddressBook book;
    private final PeerJournal journal;
    private final Dialer dialer;
    private final Sessions sessions;
    private final FailedDials failures;
    private final Asking asking;
    private final Conduct conduct;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private final List<Waiter> waiters = new ArrayList<>();
    /** Peers to be connected with first, from the run before. */
    private final Deque<PeerId> anchors = new ArrayDeque<>();
    /** Peers that dialed us while we held them for offline, or have not looked yet. */
    private final Set<PeerId> back = new LinkedHashSet<>();
    /** Peers that handed over to a successor that is still to be dialed. */
    private final Set<PeerId> handovers = new LinkedHashSet<>();
    /** Peers dialed to be connected with, until that dial has ended. */
    private final Set<PeerId> connecting = new LinkedHashSet<>();
    /** Peers connected only because we looked whether they are there. */
    private final Set<PeerId> shortly = new LinkedHashSet<>();

    private int dialing;
    private boolean running;
    private boolean passing;
    private boolean trimming;
    private Duration pause = FIRST_PAUSE;
    private Duration retryPause = FIRST_PAUSE;
    /** Nobody who failed before is dialed until this time of the loop. */
    private long retryFrom;

    private @Nullable Cancellable retry;
    private @Nullable Cancellable feeler;
    /** How many feelers are to go out sooner than usual, if there is a place for what they find. */
    private int looksSoon;

    /** Somebody who waits until each of some peers was tried. */
    private record Waiter(Set<PeerId> left, CompletableFuture<Void> tried) {}

    /** Why a peer is dialed. */
    private enum Purpose {
        CONNECT,
        LOOK
    }

    @Inject
    Discovery(
            Identity identity,
            AddressBook book,
            PeerJournal journal,
            Dialer dialer,
            Sessions sessions,
            FailedDials failures,
            Asking asking,
            Conduct conduct,
            NodeRuntime runtime,
            NodeListener listener) {
        this.identity = identity;
        this.book = book;
        this.journal = journal;
        this.dialer = dialer;
        this.sessions = sessions;
        this.failures = failures;
        this.asking = asking;
        this.conduct = conduct;
        this.runtime = runtime;
        this.listener = listener;
    }

    void start() {
        running = true;
        retryFrom = runtime.loop().nanoTime();
        anchors.addAll(book.anchors());
        scheduleFeeler();
        asking.start();
        wake();
    }

    void stop() {
        running = false;
        asking.stop();
        waiters.forEach(waiter -> waiter.tried().complete(null));
        waiters.clear();
    }

    /** Something changed that may be worth a dial. */
    void wake() {
        pause = FIRST_PAUSE;
        if (running && !passing && dialing < DIALS_AT_ONCE) {
            passing = true;
            runtime.loop().execute(this::pass);
        }
    }

    /**
     * We dialed a peer and it authenticated itself. It counts as reached if its record names the endpoint that we dialed;
     * otherwise what it names has to be dialed first.
     */
    void reached(Session session) {
        SignedPeerRecord shown = session.record();
        Endpoint dialed = session.dialed();
        if (shown == null || dialed == null) {
            return;
        }
        failures.reached(shown.peer());
        asking.connected();
        trimLater();
        met(shown, dialed);
    }

    /** A peer authenticated itself where we dialed, whether it has room for us or not. */
    private void met(SignedPeerRecord shown, Endpoint dialed) {
        retryPause = FIRST_PAUSE;
        Taken taken = book.put(shown, Source.peer(shown.peer()), runtime.loop().nanoTime());
        BookEntry entry = book.get(shown.peer());
        if (entry == null
                || entry.status() == PeerStatus.REVOKED
                || !entry.endpoint().equals(dialed)) {
            wake();
            return;
        }
        boolean news = book.reached(shown.peer(), runtime.clock().instant());
        keepAnchors();
        if (entry.verifiedAt() == null) {
            asking.news();
        }
        if (news) {
            listener.peerVerified(snapshot(shown.peer(), entry));
        }
        if (news || taken != Taken.REFUSED) {
            listener.peerChanged(snapshot(shown.peer(), entry));
        }
        if (book.talkOf(shown.peer()) || taken == Taken.CHANGED) {
            announce(entry.record());
        }
        wake();
    }

    /** A session is open that somebody else dialed, who showed that it has the key. */
    void dialedUs(PeerId peer) {
        failures.connected();
        PeerStatus status = book.status(peer);
        boolean unsure = status == PeerStatus.OFFLINE || status == PeerStatus.UNKNOWN;
        if (unsure && (book.young() || book.isTried(peer))) {
            if (back.size() == MAX_TO_LOOK_AT) {
                back.removeIf(this::settled);
            }
            if (back.size() < MAX_TO_LOOK_AT) {
                back.add(peer);
            }
        }
        asking.connected();
        wake();
    }

    /**
     * A session ended that was the only one with its peer.
     *
     * @param forRoom whether the peer wanted its place for another
     */
    void disconnected(PeerId peer, boolean forRoom) {
        shortly.remove(peer);
        book.postponed(peer, runtime.loop().nanoTime(), runtime.random());
        if (forRoom) {
            failures.noRoom(peer, Duration.ZERO);
            turnedAway();
        }
        if (running) {
            wake();
        }
    }

    /** The book's entry of a peer may say who its successor is; if we had reached the peer, the successor is dialed. */
    void changed(BookEntry entry) {
        Successor successor = entry.record().content().successor();
        if (entry.status() == PeerStatus.LEFT
                && entry.verifiedAt() != null
                && successor != null
                && !successor.key().equals(identity.id())
                && handovers.size() < MAX_TO_LOOK_AT) {
            handovers.add(entry.id());
        }
    }

    /**
     * Completes when each of the peers that is in the book has been dialed at least once, with whatever result; at once if
     * the book is mature, since nobody has to wait for more there.
     */
    CompletionStage<Void> tried(Set<PeerId> peers) {
        Waiter waiter = new Waiter(new LinkedHashSet<>(peers), new CompletableFuture<>());
        waiters.add(waiter);
        tellWaiters();
        return waiter.tried();
    }

    /** Tells some of the connected peers, never the one it is about. */
    void announce(SignedPeerRecord record) {
        List<Session> others = new ArrayList<>(sessions.preferred());
        byte[] announcement = FrameCodec.framed(new Frame.Announce(record));
        for (int told = 0; told < ANNOUNCE_TO && !others.isEmpty(); ) {
            Session drawn = others.remove(runtime.random().nextInt(others.size()));
            // Only of who was drawn: to look at all of them costs more than to tell a few.
            if (!Objects.equals(drawn.peer(), record.peer())) {
                drawn.send(announcement);
                told++;
            }
        }
    }

    private void pass() {
        passing = false;
        if (retry != null) {
            retry.cancel();
            retry = null;
        }
        while (mayDial() && dialNext()) {
            LOG.trace("{} dials under way", dialing);
        }
        tellWaiters();
        if (running) {
            scheduleRetry();
        }
    }

    private boolean mayDial() {
        return running && dialing < DIALS_AT_ONCE && failures.rest().isZero();
    }

    /** Whether there was somebody. */
    private boolean dialNext() {
        long now = runtime.loop().nanoTime();
        PeerId contested = book.contested(now);
        if (contested != null) {
            return dial(contested, Purpose.LOOK);
        }
        boolean mayRetry = now - retryFrom >= 0;
        PeerId partner = sessions.admitsOutbound(dialer.pending()) ? partner(mayRetry, now) : null;
        if (partner != null) {
            return dial(partner, Purpose.CONNECT);
        }
        PeerId returned = returned(now);
        if (returned != null) {
            return dial(returned, Purpose.LOOK);
        }
        PeerId fresh = book.young() ? fresh(mayRetry, now) : null;
        if (fresh != null) {
            return dial(fresh, Purpose.LOOK);
        }
        return followNext(now);
    }

    /** Everybody hears of the routers: were they all looked at by all, nobody would come through their doors. */
    private @Nullable PeerId fresh(boolean mayRetry, long now) {
        return book.selectFresh(sessions.admitsRouter(dialer.pending()), mayRetry, now, runtime.random());
    }

    private @Nullable PeerId partner(boolean mayRetry, long now) {
        for (PeerId anchor = anchors.poll(); anchor != null; anchor = anchors.poll()) {
            if (book.due(anchor, now) && sessions.with(anchor) == null && !conduct.discouraged(anchor)) {
                return anchor;
            }
        }
        List<PeerId> outbound = dialed();
        outbound.addAll(connecting);
        return drawn(outbound, mayRetry, now);
    }

    /** The peers of sessions that we dialed. */
    private List<PeerId> dialed() {
        List<PeerId> peers = new ArrayList<>();
        for (Session session : sessions.preferred()) {
            PeerId peer = session.peer();
            if (peer != null && session.outbound()) {
                peers.add(peer);
            }
        }
        return peers;
    }

    /** A discouraged peer only if there is a place that no other wants; a banned one never. */
    private @Nullable PeerId drawn(List<PeerId> outbound, boolean mayRetry, long now) {
        Collection<PeerId> others = sessions.peers();
        PeerId last = null;
        for (int discouraged = 0; discouraged < MAX_DISCOURAGED; ) {
            PeerId peer = candidate(outbound, others, mayRetry, now);
            if (peer == null) {
                break;
            }
            if (!conduct.discouraged(peer)) {
                return peer;
            }
            if (conduct.banned(peer)) {
                // Not due any more, so that it is not drawn again.
                book.busy(peer, LOOK_AGAIN_AT_BANNED, now);
                continue;
            }
            last = peer;
            if (discouraged++ == 0) {
                others = new LinkedHashSet<>(others);
            }
            others.add(peer);
        }
        return sessions.admitsDiscouraged(dialer.pending()) ? last : null;
    }

    /** A participant takes routers only while it knows nobody else. */
    private @Nullable PeerId candidate(
            Collection<PeerId> outbound, Collection<PeerId> others, boolean mayRetry, long now) {
        PeerId participant = sessions.sparesRouters()
                ? book.selectParticipant(outbound, others, mayRetry, now, runtime.random())
                : null;
        return participant == null && sessions.admitsRouter(dialer.pending())
                ? book.selectOutbound(outbound, others, mayRetry, now, runtime.random())
                : participant;
    }

    /** Of those that dialed us the first that may be dialed. */
    private @Nullable PeerId returned(long now) {
        for (Iterator<PeerId> each = back.iterator(); each.hasNext(); ) {
            PeerId peer = each.next();
            if (settled(peer)) {
                each.remove();
            } else if (book.due(peer, now)) {
                return peer;
            }
        }
        return null;
    }

    /** Whether a peer that dialed us is gone by now, or was reached. */
    private boolean settled(PeerId peer) {
        return sessions.with(peer) == null || book.status(peer) == PeerStatus.ONLINE;
    }

    private boolean dial(PeerId peer, Purpose purpose) {
        BookEntry entry = book.get(peer);
        if (entry == null) {
            return false;
        }
        if (entry.failures() > 0) {
            countRetry();
        }
        begin(peer);
        if (purpose == Purpose.LOOK && sessions.with(peer) != null) {
            dialer.look(entry.endpoint())
                    .whenComplete((shown, failure) -> dialEnded(entry, failure, () -> seen(shown, entry.endpoint())));
            return true;
        }
        if (purpose == Purpose.CONNECT) {
            connecting.add(peer);
        }
        dialer.dial(entry.endpoint())
                .whenComplete((session, failure) -> dialEnded(entry, failure, () -> connected(session, purpose)));
        return true;
    }

    private void dialEnded(BookEntry entry, @Nullable Throwable failure, Runnable reached) {
        end(entry.id());
        connecting.remove(entry.id());
        if (failure == null) {
            reached.run();
        } else {
            notConnected(entry, failure);
        }
        waiters.forEach(waiter -> waiter.left().remove(entry.id()));
        wake();
    }

    private void connected(Session session, Purpose purpose) {
        if (purpose == Purpose.LOOK && !book.young()) {
            stayShortly(session);
        }
        reached(session);
    }

    /** A peer authenticated itself where we looked for it, without a session of its own. */
    private void seen(SignedPeerRecord shown, Endpoint dialed) {
        failures.reached(shown.peer());
        met(shown, dialed);
    }

    private void notConnected(BookEntry entry, Throwable failure) {
        boolean peersOwn = failures.failed(entry.id(), failure);
        SignedPeerRecord busy =
                Promise.cause(failure) instanceof HandshakeException handshake ? handshake.busyPeer() : null;
        if (busy != null) {
            met(busy, entry.endpoint());
            turnedAway();
        } else if (peersOwn) {
            LOG.debug("{} is not reached: {}", entry.id(), failure.getMessage());
            listener.peerChanged(snapshot(entry.id(), entry));
        }
    }

    /** Those that failed before are dialed one after the other, ever slower while it is in vain. */
    private void countRetry() {
        retryFrom = runtime.loop().nanoTime()
                + Backoff.spread(retryPause, runtime.random()).toNanos();
        retryPause = Backoff.doubled(retryPause, LAST_PAUSE);
    }

    /** Closes a session that is there only because we looked whether its peer is, unless somebody has come to use it. */
    private void stayShortly(Session session) {
        PeerId peer = session.peer();
        if (peer != null && shortly.add(peer)) {
            runtime.loop().schedule(SHORT_STAY, () -> {
                if (shortly.remove(peer) && session.unusedFor().compareTo(SHORT_STAY) >= 0) {
                    session.goAway(Frame.Reason.IDLE);
                }
            });
        }
    }

    /** Dials the successor of a peer that we had authenticated; only when it has authenticated itself does it count. */
    private boolean followNext(long now) {
        if (handovers.isEmpty()) {
            return false;
        }
        handovers.removeIf(peer -> book.status(peer) != PeerStatus.LEFT);
        for (PeerId peer : handovers) {
            BookEntry left = book.get(peer);
            Successor successor = left == null ? null : left.record().content().successor();
            if (left == null || successor == null || !book.rested(peer, now)) {
                continue;
            }
            follow(left, new Endpoint(successor.key(), left.endpoint().port()));
            return true;
        }
        return false;
    }

    private void follow(BookEntry left, Endpoint target) {
        begin(left.id());
        dialer.dial(target).whenComplete((session, failure) -> {
            end(left.id());
            if (session != null) {
                reached(session);
                followed(left.id());
            } else if (failures.failed(left.id(), failure)) {
                LOG.debug("{}, the successor of {}, is not reached: {}", target, left.id(), failure.getMessage());
            }
            wake();
        });
    }

    private void followed(PeerId left) {
        handovers.remove(left);
        if (book.replaced(left)) {
            BookEntry entry = book.get(left);
            if (entry != null) {
                listener.peerChanged(entry.snapshot(false));
            }
        }
    }

    private void begin(PeerId peer) {
        dialing++;
        book.dialing(peer, true);
    }

    private void end(PeerId peer) {
        dialing--;
        book.dialing(peer, false);
    }

    /** How the peer is now, or was if it is gone. */
    private KnownPeer snapshot(PeerId peer, BookEntry before) {
        BookEntry now = book.get(peer);
        return (now == null ? before : now).snapshot(sessions.with(peer) != null);
    }

    /** Those whom we are connected with for the longest time; while there are too few, those of before stay. */
    private void keepAnchors() {
        List<PeerId> kept = book.state().anchors();
        List<PeerId> chosen = new ArrayList<>(BookState.MAX_ANCHORS);
        for (Session session : sessions.preferred()) {
            PeerId peer = session.peer();
            if (chosen.size() == BookState.MAX_ANCHORS) {
                break;
            }
            if (peer != null && session.outbound() && !shortly.contains(peer) && book.isTried(peer)) {
                chosen.add(peer);
            }
        }
        for (PeerId anchor : kept) {
            if (chosen.size() < BookState.MAX_ANCHORS && !chosen.contains(anchor)) {
                chosen.add(anchor);
            }
        }
        if (!chosen.equals(kept)) {
            book.keepAnchors(chosen);
            journal.stateChanged();
        }
    }

    private void tellWaiters() {
        if (waiters.isEmpty()) {
            return;
        }
        boolean inVain = !book.young() || !failures.rest().isZero();
        waiters.forEach(waiter -> strike(waiter.left(), inVain));
        List<Waiter> done =
                waiters.stream().filter(waiter -> waiter.left().isEmpty()).toList();
        waiters.removeAll(done);
        done.forEach(waiter -> waiter.tried().complete(null));
    }

    /** Takes the first ones away up to one that is still to be tried: until that one is, nobody need look at the others. */
    private void strike(Set<PeerId> left, boolean inVain) {
        for (Iterator<PeerId> each = left.iterator(); each.hasNext(); ) {
            PeerId peer = each.next();
            if (!inVain && isToBeTried(peer)) {
                return;
            }
            each.remove();
        }
    }

    /** A router only while we would dial it. */
    private boolean isToBeTried(PeerId peer) {
        BookEntry entry = book.untried(peer) ? book.get(peer) : null;
        return entry != null
                && (sessions.admitsRouter(0) || entry.record().content().role() != Role.ROUTER);
    }

    /** Looks again at the earliest moment at which somebody may be dialed who may not be now. */
    private void scheduleRetry() {
        if (dialing == DIALS_AT_ONCE) {
            return;
        }
        Duration wait = failures.rest().isZero() ? untilDue() : failures.rest();
        if (!handovers.isEmpty() && wait.compareTo(pause) > 0) {
            wait = Backoff.spread(pause, runtime.random());
            pause = Backoff.doubled(pause, LAST_PAUSE);
        }
        if (wait.compareTo(NEVER) < 0) {
            retry = runtime.loop().schedule(wait, this::pass);
        }
    }

    private Duration untilDue() {
        boolean wanted = book.young() || !back.isEmpty() || sessions.admitsOutbound(dialer.pending());
        if (!wanted) {
            return NEVER;
        }
        long now = runtime.loop().nanoTime();
        boolean mayRetry = now - retryFrom >= 0;
        Duration due = book.untilNextDue(mayRetry, now);
        Duration free = mayRetry ? NEVER : Duration.ofNanos(retryFrom - now);
        return due.compareTo(free) < 0 ? due : free;
    }

    private void scheduleFeeler() {
        Duration pause = AddressBook.feelerPause(runtime.random());
        boolean soon = looksSoon > 0 && sessions.admitsOutbound(dialer.pending());
        feeler = runtime.loop().schedule(soon ? pause.dividedBy(SOONER) : pause, this::feel);
    }

    /** A peer had no room for us: there may be some at one that we only heard of, which a young book's owner dials anyway. */
    private void turnedAway() {
        boolean soonAlready = looksSoon > 0;
        looksSoon = MOST_LOOKS_SOON;
        if (running && !soonAlready && feeler != null) {
            feeler.cancel();
            scheduleFeeler();
        }
    }

    private void feel() {
        if (!running) {
            return;
        }
        PeerId peer = mayDial() ? toLookAt() : null;
        scheduleFeeler();
        if (peer != null) {
            dial(peer, Purpose.LOOK);
        }
    }

    private @Nullable PeerId toLookAt() {
        if (looksSoon > 0 && sessions.admitsOutbound(dialer.pending())) {
            looksSoon--;
            PeerId another = book.selectFeeler(dialed(), runtime.loop().nanoTime(), runtime.random());
            if (another != null && sessions.with(another) == null) {
                return another;
            }
        }
        looksSoon = 0;
        return feelerOrProbe();
    }

    private @Nullable PeerId feelerOrProbe() {
        RandomGenerator random = runtime.random();
        boolean feelerFirst = random.nextBoolean();
        PeerId first = feelerFirst ? feeler() : probe();
        if (first != null) {
            return first;
        }
        return feelerFirst ? probe() : feeler();
    }

    private @Nullable PeerId feeler() {
        return book.selectFeeler(List.of(), runtime.loop().nanoTime(), runtime.random());
    }

    private @Nullable PeerId probe() {
        return book.selectProbe(
                runtime.clock().instant().minus(PROBE_AFTER), runtime.loop().nanoTime(), runtime.random());
    }

    private void trimLater() {
        if (!trimming && sessions.excess() > 0) {
            trimming = true;
            runtime.loop().schedule(SHORT_STAY, () -> {
                trimming = false;
                sessions.trim();
                trimLater();
            });
        }
    }
}
