package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.session.Session;
import org.torpeer.proto.Frame;

/**
 * The open sessions, one to a peer. Of two between the same pair, both sides keep the one that the smaller key dialed;
 * the other is used no more and closed after a grace period, so that what is under way on it comes to an end. Lives on
 * the loop.
 */
@Singleton
final class Sessions {
    static final int MAX_OUTBOUND = 8;
    private static final Duration RETIREMENT = Duration.ofSeconds(10);

    private final PeerId self;
    private final NodeRuntime runtime;
    private final int maxInbound;
    private final Map<PeerId, Session> byPeer = new HashMap<>();
    private final Set<Session> all = new LinkedHashSet<>();

    @Inject
    Sessions(Identity identity, NodePlan plan, NodeRuntime runtime) {
        this.self = identity.id();
        this.runtime = runtime;
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

    Collection<Session> preferred() {
        return List.copyOf(byPeer.values());
    }

    Set<PeerId> peers() {
        return Set.copyOf(byPeer.keySet());
    }

    boolean admitsInbound() {
        return all.stream().filter(session -> !session.outbound()).count() < maxInbound;
    }

    boolean admitsOutbound() {
        return byPeer.values().stream().filter(Session::outbound).count() < MAX_OUTBOUND;
    }

    /** Takes an authenticated session in. */
    void opened(Session session) {
        all.add(session);
        PeerId peer = session.peer();
        if (peer == null) {
            return;
        }
        Session other = byPeer.get(peer);
        if (other == null || other.isClosed()) {
            byPeer.put(peer, session);
            return;
        }
        Session kept = preferred(peer, other, session);
        byPeer.put(peer, kept);
        retire(kept == session ? other : session);
    }

    /**
     * Forgets a session.
     *
     * @return whether it was the one in use with its peer
     */
    boolean ended(Session session) {
        all.remove(session);
        PeerId peer = session.peer();
        if (peer == null || byPeer.get(peer) != session) {
            return false;
        }
        byPeer.remove(peer);
        all.stream()
                .filter(other -> Objects.equals(other.peer(), peer) && !other.isClosed())
                .findFirst()
                .ifPresent(other -> byPeer.put(peer, other));
        return !byPeer.containsKey(peer);
    }

    /** Ends every session; completes when what was to be said has been handed on. */
    CompletionStage<Void> closeAll(Frame.Reason reason) {
        return CompletableFuture.allOf(List.copyOf(all).stream()
                .map(session -> session.goAway(reason).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
    }

    /** Of two dialed by the same side the newer is kept: its dialer had lost the older. */
    private Session preferred(PeerId peer, Session older, Session newer) {
        if (older.outbound() == newer.outbound()) {
            return newer;
        }
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
