package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.BookShape;
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
    /** Of these, with routers, whose places are for newcomers; of a participant, and until it has enough others. */
    static final int MAX_ROUTERS = 2;

    static final int MAX_ANONYMOUS = 4;
    private static final Duration RETIREMENT = Duration.ofSeconds(10);
    private static final Duration ANONYMOUS_STAY = Duration.ofMinutes(1);
    /** A session beyond our outbound places is closed once nobody has used it for so long. */
    private static final Duration UNUSED = Duration.ofSeconds(15);
    /** How fast newcomers may take the places of others: at a router, where they come first, and at a participant. */
    static final double MAKE_ROOM_PER_SECOND = 2;

    static final double PARTICIPANT_MAKES_ROOM_PER_SECOND = 0.1;
    static final int MAKE_ROOM_BURST = 8;

    private final PeerId self;
    private final NodeRuntime runtime;
    private final NodeListener listener;
    private final Conduct conduct;
    private final Tally tally;
    private final TokenBucket makeRoom;
    private final boolean participant;
    /** Whether only strangers are newcomers, and seldom. */
    private final boolean selective;

    private final int maxInbound;
    /** The one that is used with each peer, and the same in the order in which the peers came. */
    private final Map<PeerId, Session> byPeer = new HashMap<>();

    private final List<Session> preferred = new ArrayList<>();
    /** Those used no more, and the anonymous ones. */
    private final List<Session> others = new ArrayList<>();
    /** Of all sessions, those whose dialer has a name, the oldest first. */
    private final List<Session> inbound = new ArrayList<>();
    /** Of one to each peer, those that we dialed. */
    private int outbound;
    /** Of those, with routers. */
    private int routers;

    /** Whether a heartbeat is to come already. */
    private boolean beating;

    @Inject
    Sessions(
            Identity identity,
            NodePlan plan,
            BookShape shape,
            NodeRuntime runtime,
            NodeListener listener,
            Conduct conduct,
            Tally tally) {
        this.self = identity.id();
        this.runtime = runtime;
        this.listener = listener;
        this.conduct = conduct;
        this.tally = tally;
        this.participant = plan.role() == Role.PARTICIPANT;
        this.selective = participant && !shape.naive();
        this.makeRoom = new TokenBucket(
                selective ? PARTICIPANT_MAKES_ROOM_PER_SECOND : MAKE_ROOM_PER_SECOND,
                MAKE_ROOM_BURST,
                runtime.loop().nanoTime());
        this.maxInbound = participant ? 64 : 256;
    }

    @Nullable
    Session with(PeerId peer) {
        return byPeer.get(peer);
    }

    /** Every session with the peer, those used no more included. */
    List<Session> allWith(PeerId peer) {
        return Stream.concat(Stream.ofNullable(byPeer.get(peer)), others.stream())
                .filter(session -> Objects.equals(session.peer(), peer))
                .toList();
    }

    /** As they are at any time, in the order in which the peers came; to be copied by who may end one on the way. */
    List<Session> preferred() {
        return Collections.unmodifiableList(preferred);
    }

    /** Of this moment: to end one changes what is kept here. */
    private List<Session> all() {
        return Stream.concat(preferred.stream(), others.stream()).toList();
    }

    /** As they are at any time. */
    Set<PeerId> peers() {
        return Collections.unmodifiableSet(byPeer.keySet());
    }

    /**
     * Whether there is a place for a dialer of that key, null if it stays anonymous; somebody else may have had to go for
     * it. Who was here already, and whose connection was lost, takes its own place.
     *
     * @param known whether we have heard of the dialer: at a participant it is no newcomer, for whom another has to go
     */
    boolean admitsInbound(@Nullable PeerId dialer, boolean known) {
        if (dialer == null) {
            return anonymous() < MAX_ANONYMOUS;
        }
        if (inbound.size() < maxInbound) {
            return true;
        }
        boolean newcomer = !(selective && known) && !conduct.discouraged(dialer);
        return hasPlace(dialer) || (newcomer && madeRoom());
    }

    private boolean hasPlace(PeerId dialer) {
        return byPeer.containsKey(dialer) && allWith(dialer).stream().anyMatch(session -> !session.outbound());
    }

    private long anonymous() {
        return others.stream().filter(session -> session.peer() == null).count();
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

    /** Whether there is a place for a peer to be dialed; those of peers that are to give way count as free. */
    boolean admitsOutbound(int underWay) {
        return staying() + underWay < MAX_OUTBOUND;
    }

    /** Whether routers are to be dialed only while there is nobody else. */
    boolean sparesRouters() {
        return participant;
    }

    /** Whether there is a place for a router to be dialed, if there is one for anybody. */
    boolean admitsRouter(int underWay) {
        return !participant || (routers + underWay < MAX_ROUTERS && outbound + underWay < MAX_OUTBOUND);
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

    /**
     * Closes sessions that we dialed beyond our places: of discouraged peers, then such that nobody uses, those first that
     * are to give way to others, and the youngest.
     */
    void trim() {
        int excess = excess();
        List<Session> youngestFirst = new ArrayList<>(preferred);
        Collections.reverse(youngestFirst);
        List<Session> discouraged = youngestFirst.stream()
                .filter(session -> conduct.discouraged(session.peer()))
                .toList();
        youngestFirst.sort(Comparator.comparing(session -> !toSpare(session)));
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
        scheduleHeartbeat();
        PeerId peer = session.peer();
        if (peer == null) {
            others.add(session);
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
        if (preferred(peer, other, session) == session) {
            prefer(peer, session);
            retire(other);
        } else {
            others.add(session);
            retire(session);
        }
    }

    /**
     * Forgets a session.
     *
     * @return whether its peer is not connected any more
     */
    boolean ended(Session session, String reason) {
        inbound.remove(session);
        PeerId peer = session.peer();
        if (peer == null || byPeer.get(peer) != session) {
            others.remove(session);
            return false;
        }
        byPeer.remove(peer);
        preferred.remove(session);
        count(session, -1);
        Session other = openWith(peer);
        if (other != null) {
            others.remove(other);
            prefer(peer, other);
            return false;
        }
        listener.sessionClosed(peer, reason);
        return true;
    }

    private @Nullable Session openWith(PeerId peer) {
        for (Session session : others) {
            if (Objects.equals(session.peer(), peer) && !session.isClosed()) {
                return session;
            }
        }
        return null;
    }

    /** Ends every session; completes when what was to be said has been handed on. */
    CompletionStage<Void> closeAll(Frame.Reason reason) {
        return CompletableFuture.allOf(all().stream()
                .map(session -> session.goAway(reason).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    private void prefer(PeerId peer, Session session) {
        Session before = byPeer.put(peer, session);
        count(session, 1);
        if (before == null) {
            preferred.add(session);
            return;
        }
        count(before, -1);
        preferred.set(preferred.indexOf(before), session);
        others.add(before);
    }

    private void count(Session session, int change) {
        if (session.outbound()) {
            outbound += change;
            routers += session.withRouter() ? change : 0;
        }
    }

    /** How many sessions we dialed that are not to give way to others: to peers that behave, of which none is to be spared. */
    private int staying() {
        if (!conduct.judgesAnyone()) {
            return participant ? outbound - routers : outbound;
        }
        int staying = 0;
        for (Session session : preferred) {
            boolean givesWay = toSpare(session) || conduct.discouraged(session.peer());
            staying += session.outbound() && !givesWay ? 1 : 0;
        }
        return staying;
    }

    private boolean toSpare(Session session) {
        return participant && session.withRouter();
    }

    /** One for all sessions, as long as there are any. */
    private void scheduleHeartbeat() {
        if (beating) {
            return;
        }
        beating = true;
        runtime.loop().schedule(Session.heartbeatPause(runtime.random()), () -> {
            beating = false;
            all().forEach(session -> session.heartbeat(runtime.random()));
            if (!preferred.isEmpty() || !others.isEmpty()) {
                scheduleHeartbeat();
            }
        });
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
