package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.limit.TokenBucket;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;

/**
 * The open sessions, one to a peer. Of two between the same pair, both sides keep the one that the smaller key dialed;
 * the other is used no more and closed after a grace period, so that what is under way on it comes to an end. Anonymous
 * dialers have a few places of their own, for a short time. Lives on the loop.
 */
@Singleton
final class Sessions {
    static final int MAX_OUTBOUND = 8;
    static final int MAX_ANONYMOUS = 4;
    private static final Duration RETIREMENT = Duration.ofSeconds(10);
    private static final Duration ANONYMOUS_STAY = Duration.ofMinutes(1);
    /** A session beyond our outbound places is closed once nobody has used it for so long. */
    private static final Duration UNUSED = Duration.ofSeconds(15);
    /** How fast newcomers may take the places of others. */
    static final double MAKE_ROOM_PER_SECOND = 2;

    static final int MAKE_ROOM_BURST = 8;

    private final PeerId self;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private final Conduct conduct;
    private final Tally tally;
    private final TokenBucket makeRoom;
    private final int maxInbound;
    private final Map<PeerId, Session> byPeer = new LinkedHashMap<>();
    private final Set<Session> all = new LinkedHashSet<>();
    /** Of all sessions, those whose dialer has a name, the oldest first. */
    private final List<Session> inbound = new ArrayList<>();
    /** Of one to each peer, those that we dialed. */
    private int outbound;

    @Inject
    Sessions(
            Identity identity,
            NodePlan plan,
            NodeRuntime runtime,
            NodeListener listener,
            Conduct conduct,
            Tally tally) {
        this.self = identity.id();
        this.runtime = runtime;
        this.listener = listener;
        this.conduct = conduct;
        this.tally = tally;
        this.makeRoom = new TokenBucket(
                MAKE_ROOM_PER_SECOND, MAKE_ROOM_BURST, runtime.loop().nanoTime());
        this.maxInbound = plan.role() == Role.ROUTER ? 256 : 64;
    }

    @Nullable
    Session with(PeerId peer) {
        return byPeer.get(peer);
    }

    /** Every session with the peer, those used no more included. */
    List<Session> allWith(PeerId peer) {
        return all.stream()
                .filter(session -> Objects.equals(session.peer(), peer))
                .toList();
    }

    /** As they are at any time; to be copied by who may end one on the way. */
    Collection<Session> preferred() {
        return Collections.unmodifiableCollection(byPeer.values());
    }

    /** As they are at any time. */
    Set<PeerId> peers() {
        return Collections.unmodifiableSet(byPeer.keySet());
    }

    /**
     * Whether there is a place for a dialer of that key, null if it stays anonymous; somebody else may have had to go for
     * it. Who was here already, and whose connection was lost, takes its own place.
     */
    boolean admitsInbound(@Nullable PeerId dialer) {
        if (dialer == null) {
            return anonymous() < MAX_ANONYMOUS;
        }
        if (inbound.size() < maxInbound) {
            return true;
        }
        return hasPlace(dialer) || (!conduct.discouraged(dialer) && madeRoom());
    }

    private boolean hasPlace(PeerId dialer) {
        return byPeer.containsKey(dialer) && allWith(dialer).stream().anyMatch(session -> !session.outbound());
    }

    private long anonymous() {
        return all.stream().filter(session -> session.peer() == null).count();
    }

    /** To look for somebody costs as much as to find one, so that a crowd at the door does not keep us looking. */
    private boolean madeRoom() {
        if (!makeRoom.take(runtime.loop().nanoTime())) {
            return false;
        }
        Optional<Session> leaving =
                Places.toGo(inbound.size(), place -> guest(inbound.get(place)), conduct.judgesAnyone());
        leaving.ifPresent(session -> {
            tally.count(Drop.SESSION_MADE_ROOM);
            session.goAway(Frame.Reason.BUSY);
        });
        return leaving.isPresent();
    }

    private Places.Guest<Session> guest(Session session) {
        return new Places.Guest<>(
                session, session.age(), session.sinceRequest(), session.awaited(), conduct.discouraged(session.peer()));
    }

    /** Whether there is a place for a peer to be dialed; those of discouraged peers count as free. */
    boolean admitsOutbound(int underWay) {
        return good() + underWay < MAX_OUTBOUND;
    }

    /** Whether there is a place for a discouraged peer to be dialed. */
    boolean admitsDiscouraged(int underWay) {
        return outbound + underWay < MAX_OUTBOUND;
    }

    boolean isEmpty() {
        return byPeer.isEmpty();
    }

    /** How many sessions we dialed beyond our places. */
    int excess() {
        return outbound - MAX_OUTBOUND;
    }

    /** Closes sessions that we dialed beyond our places: of discouraged peers, then such that nobody uses, the youngest first. */
    void trim() {
        int excess = excess();
        List<Session> youngestFirst = new ArrayList<>(byPeer.values());
        Collections.reverse(youngestFirst);
        List<Session> discouraged = youngestFirst.stream()
                .filter(session -> conduct.discouraged(session.peer()))
                .toList();
        youngestFirst.removeAll(discouraged);
        youngestFirst.addAll(0, discouraged);
        for (Session session : youngestFirst) {
            if (excess <= 0) {
                return;
            }
            boolean mayGo = discouraged.contains(session) || session.unusedFor().compareTo(UNUSED) >= 0;
            if (session.outbound() && mayGo) {
                session.goAway(Frame.Reason.IDLE);
                excess--;
            }
        }
    }

    /** Takes an authenticated session in. */
    void opened(Session session) {
        all.add(session);
        PeerId peer = session.peer();
        if (peer == null) {
            runtime.loop().schedule(ANONYMOUS_STAY, () -> session.goAway(Frame.Reason.IDLE));
            return;
        }
        Session other = byPeer.get(peer);
        if (!session.outbound()) {
            inbound.add(session);
        }
        if (other == null || other.isClosed()) {
            prefer(peer, session);
            listener.sessionOpened(peer);
            return;
        }
        if (other.outbound() == session.outbound()) {
            // Its dialer had lost the older one, and must not hold two places.
            prefer(peer, session);
            other.goAway(Frame.Reason.DUPLICATE);
            return;
        }
        Session kept = preferred(peer, other, session);
        prefer(peer, kept);
        retire(kept == session ? other : session);
    }

    /**
     * Forgets a session.
     *
     * @return whether its peer is not connected any more
     */
    boolean ended(Session session, String reason) {
        PeerId peer = session.peer();
        if (!all.remove(session) || peer == null) {
            return false;
        }
        if (!session.outbound()) {
            inbound.remove(session);
        }
        if (byPeer.get(peer) != session) {
            return false;
        }
        byPeer.remove(peer);
        outbound -= session.outbound() ? 1 : 0;
        Session other = all.size() > byPeer.size() ? openWith(peer) : null;
        if (other != null) {
            prefer(peer, other);
            return false;
        }
        listener.sessionClosed(peer, reason);
        return true;
    }

    private @Nullable Session openWith(PeerId peer) {
        for (Session session : all) {
            if (Objects.equals(session.peer(), peer) && !session.isClosed()) {
                return session;
            }
        }
        return null;
    }

    /** Ends every session; completes when what was to be said has been handed on. */
    CompletionStage<Void> closeAll(Frame.Reason reason) {
        return CompletableFuture.allOf(List.copyOf(all).stream()
                .map(session -> session.goAway(reason).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private void prefer(PeerId peer, Session session) {
        Session before = byPeer.put(peer, session);
        outbound += session.outbound() ? 1 : 0;
        outbound -= before != null && before.outbound() ? 1 : 0;
    }

    /** How many sessions we dialed to peers that behave. */
    private int good() {
        if (!conduct.judgesAnyone()) {
            return outbound;
        }
        int good = 0;
        for (Session session : byPeer.values()) {
            good += session.outbound() && !conduct.discouraged(session.peer()) ? 1 : 0;
        }
        return good;
    }

    private Session preferred(PeerId peer, Session older, Session newer) {
        boolean oursWins = self.compareTo(peer) < 0;
        return newer.outbound() == oursWins ? newer : older;
    }

    private void retire(Session session) {
        runtime.loop().schedule(RETIREMENT, () -> {
            PeerId peer = session.peer();
            if (!session.isClosed() && peer != null && byPeer.get(peer) != session) {
                session.goAway(Frame.Reason.DUPLICATE);
            }
        });
    }
}
