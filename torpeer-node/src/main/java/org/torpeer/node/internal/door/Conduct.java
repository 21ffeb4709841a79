package org.torpeer.node.internal.door;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.Reputation;
import org.torpeer.node.internal.book.Reputation.Standing;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.node.internal.table.PendingWrite;

/**
 * How the peers of this node have behaved, kept across restarts: written behind, many at a time and off the loop. Only
 * keys are judged, never an address, since all of Tor comes from the same one; and only keys that have authenticated
 * themselves with a proof of work, since others cost nothing and nobody can be blamed for what is said in their name.
 * Lives on the loop.
 */
@Singleton
public final class Conduct {
    /** Most peers remembered for their own deeds. */
    public static final int MAX_REMEMBERED = 4096;

    private static final Logger LOG = LoggerFactory.getLogger(Conduct.class);
    private static final Duration WRITE_DELAY = Duration.ofSeconds(1);
    private static final Duration EXPIRE_EVERY = Duration.ofHours(1);

    private final NodeStore store;
    private final NodeRuntime runtime;
    private final Set<PeerId> dirty = new LinkedHashSet<>();
    private final Reputation reputation = new Reputation(MAX_REMEMBERED, dirty::add);
    private PendingWrite underWay = PendingWrite.NONE;
    private @Nullable Cancellable timer;
    private Instant expireAt;
    private boolean closed;

    @Inject
    public Conduct(NodeStore store, NodeRuntime runtime) {
        this.store = store;
        this.runtime = runtime;
        this.expireAt = now().plus(EXPIRE_EVERY);
        store.conduct().forEach(this::restore);
    }

    public Standing standing(PeerId peer) {
        return judgesAnyone() ? reputation.standing(peer, now()) : Standing.GOOD;
    }

    /** Whether there is anybody of whom more is known than that nothing is. */
    public boolean judgesAnyone() {
        return reputation.size() > 0;
    }

    public boolean banned(@Nullable PeerId peer) {
        return peer != null && standing(peer) == Standing.BANNED;
    }

    /** Whether the peer is served last, or not at all. */
    public boolean discouraged(@Nullable PeerId peer) {
        return peer != null && standing(peer) != Standing.GOOD;
    }

    /** How long the peer stays banned, zero if it is not. */
    public Duration bannedFor(PeerId peer) {
        Instant now = now();
        Instant until = reputation.bannedUntil(peer, now);
        return until == null ? Duration.ZERO : Duration.between(now, until);
    }

    /**
     * The peer did this, over a session that it had authenticated.
     *
     * @return how to treat it from now on
     */
    public Standing blame(PeerId peer, Offence offence) {
        Standing standing = reputation.misbehaved(peer, offence.points(), now());
        LOG.info("{}: {}, {}", peer, offence, standing);
        changed(peer);
        return standing;
    }

    /**
     * As {@link Reputation#ban}.
     *
     * @throws InvalidInputException as it does
     */
    public void ban(PeerId peer, Instant until) {
        reputation.ban(peer, until);
        changed(peer);
    }

    /**
     * As {@link Reputation#allow}.
     *
     * @throws InvalidInputException as it does
     */
    public void allow(PeerId peer) {
        reputation.allow(peer);
        changed(peer);
    }

    /** As {@link Reputation#pardon}. */
    public boolean pardon(PeerId peer) {
        boolean known = reputation.pardon(peer);
        changed(peer);
        return known;
    }

    public Map<PeerId, Instant> banned() {
        return reputation.banned(now());
    }

    public List<PeerId> allowed() {
        return reputation.allowed();
    }

    /**
     * Writes what is left, on the calling thread.
     *
     * @throws TorPeerException if it cannot be stored
     */
    public void flush() {
        underWay.run();
        store.saveConduct(takeBatch());
    }

    /**
     * As {@link #flush}, and nothing is written afterwards: the store may be closed then.
     *
     * @throws TorPeerException if it cannot be stored
     */
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        flush();
    }

    private void changed(PeerId peer) {
        Instant now = now();
        if (now.isAfter(expireAt)) {
            expireAt = now.plus(EXPIRE_EVERY);
            reputation.expire(now);
        }
        dirty.add(peer);
        if (timer == null && !closed) {
            timer = runtime.loop().schedule(WRITE_DELAY, this::writeBehind);
        }
    }

    private void writeBehind() {
        timer = null;
        Map<PeerId, byte @Nullable []> batch = takeBatch();
        PendingWrite before = underWay;
        underWay = PendingWrite.of(() -> {
            before.run();
            try {
                store.saveConduct(batch);
            } catch (TorPeerException e) {
                LOG.warn("how peers behaved cannot be stored: {}", e.getMessage());
            }
        });
        runtime.offload().execute(underWay);
    }

    private Map<PeerId, byte @Nullable []> takeBatch() {
        Map<PeerId, byte @Nullable []> batch = new HashMap<>();
        dirty.forEach(peer -> batch.put(peer, reputation.stored(peer)));
        dirty.clear();
        return batch;
    }

    private void restore(PeerId peer, byte[] stored) {
        try {
            reputation.restore(peer, stored);
        } catch (InvalidInputException e) {
            LOG.warn("what is stored of how {} behaved cannot be read and is left out: {}", peer, e.getMessage());
        }
    }

    private Instant now() {
        return runtime.clock().instant();
    }
}
