package org.torpeer.node.internal.table;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;

/**
 * The peers a node knows, bounded. A plain data structure: time and randomness are passed in, nothing is dialed or
 * stored here. Only records that passed every check may be put in; what is handed out has been dialed and authenticated
 * by us. Not safe for several threads.
 */
public final class PeerTable {
    public static final int DEFAULT_CAPACITY = 4096;
    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
    private static final Duration LAST_RETRY = Duration.ofHours(1);
    private static final int MAX_DOUBLINGS = 10;
    /** A peer that changes its record more often keeps everybody verifying and relaying. */
    private static final int MAX_CHANGES = 8;

    private static final Duration CHANGES_PER = Duration.ofMinutes(10);

    private final PeerId self;
    private final int capacity;
    private final Map<PeerId, PeerEntry> entries = new LinkedHashMap<>();
    private final List<PeerId> evicted = new ArrayList<>();

    public PeerTable(PeerId self, int capacity) {
        this.self = self;
        this.capacity = capacity;
    }

    public int size() {
        return entries.size();
    }

    public @Nullable PeerEntry get(PeerId peer) {
        return entries.get(peer);
    }

    public Collection<PeerEntry> entries() {
        return entries.values();
    }

    /** Whether the record would change anything if it proved genuine; asked before the expensive checks. */
    public boolean wants(SignedPeerRecord record, long nanoTime) {
        if (record.peer().equals(self)) {
            return false;
        }
        PeerEntry known = entries.get(record.peer());
        if (known != null) {
            return record.content().supersedes(known.record.content()) && !restless(known, record, nanoTime);
        }
        return record.content().state() == PeerState.ACTIVE && (entries.size() < capacity || evictable() != null);
    }

    /**
     * Takes a record that passed every check.
     *
     * @return the entry if it changed, null if the record is of no use
     */
    public @Nullable PeerEntry put(SignedPeerRecord record, long nanoTime) {
        if (!wants(record, nanoTime)) {
            return null;
        }
        PeerEntry known = entries.get(record.peer());
        if (known == null) {
            makeRoom();
            PeerEntry made = new PeerEntry(record, null, nanoTime);
            entries.put(record.peer(), made);
            return made;
        }
        countChange(known, nanoTime);
        boolean moved = !known.endpoint().equals(record.content().endpoint());
        boolean back = known.status == PeerStatus.LEFT || known.status == PeerStatus.OFFLINE;
        known.record = record;
        if (record.content().state() != PeerState.ACTIVE) {
            known.status = PeerEntry.statusOf(record);
        } else if (moved || back) {
            known.status = PeerStatus.UNKNOWN;
            known.setbacks = 0;
            known.notBefore = nanoTime;
        }
        if (moved) {
            known.verifiedAt = null;
            known.tried = false;
        }
        return known;
    }

    /**
     * Puts back what an earlier run of this node had stored; records are checked by the caller.
     *
     * @return whether there was room
     */
    public boolean restore(SignedPeerRecord record, @Nullable Instant verifiedAt, long nanoTime) {
        if (entries.size() >= capacity || record.peer().equals(self)) {
            return false;
        }
        entries.put(record.peer(), new PeerEntry(record, verifiedAt, nanoTime));
        return true;
    }

    /**
     * We dialed the peer and it authenticated itself.
     *
     * @return whether it was not online before
     */
    public boolean reached(PeerEntry entry, Instant now) {
        boolean news = entry.status != PeerStatus.ONLINE;
        entry.verifiedAt = now;
        entry.tried = true;
        entry.setbacks = 0;
        if (entry.record.content().state() == PeerState.ACTIVE) {
            entry.status = PeerStatus.ONLINE;
        }
        return news;
    }

    /** A dial failed for a reason of the peer's own: it is tried again later, and later each time. */
    public void failed(PeerEntry entry, long nanoTime, RandomGenerator random) {
        if (entry.record.content().state() == PeerState.ACTIVE) {
            entry.status = PeerStatus.OFFLINE;
        }
        postponed(entry, nanoTime, random);
    }

    /** A dial failed for a reason that says nothing of the peer: it is tried again later, and later each time. */
    public void postponed(PeerEntry entry, long nanoTime, RandomGenerator random) {
        entry.tried = true;
        entry.setbacks++;
        postpone(entry, nanoTime, entry.setbacks, random);
    }

    /** A session with the peer ended; it may be dialed again after a while. */
    public void disconnected(PeerEntry entry, long nanoTime, RandomGenerator random) {
        postpone(entry, nanoTime, 1, random);
    }

    /** The peers that had to make room since this was asked last. */
    public List<PeerId> takeEvicted() {
        List<PeerId> taken = List.copyOf(evicted);
        evicted.clear();
        return taken;
    }

    /** The first entry that may be dialed now, never reached ones before others, or null. */
    public @Nullable PeerEntry due(long nanoTime, Predicate<PeerEntry> among) {
        PeerEntry found = null;
        for (PeerEntry entry : entries.values()) {
            if (entry.dialing
                    || entry.record.content().state() != PeerState.ACTIVE
                    || entry.notBefore - nanoTime > 0
                    || !among.test(entry)) {
                continue;
            }
            if (entry.verifiedAt == null) {
                return entry;
            }
            found = found == null ? entry : found;
        }
        return found;
    }

    /** Marks a dial as under way, or not. */
    public void dialing(PeerEntry entry, boolean underWay) {
        entry.dialing = underWay;
    }

    /** At most {@code limit} records of peers that we authenticated and that were not found offline, shuffled. */
    public List<SignedPeerRecord> sample(int limit, @Nullable PeerId without, Instant now, RandomGenerator random) {
        List<SignedPeerRecord> good = new ArrayList<>();
        for (PeerEntry entry : entries.values()) {
            if (entry.verifiedAt != null
                    && entry.status != PeerStatus.OFFLINE
                    && entry.record.content().state() == PeerState.ACTIVE
                    && now.isBefore(entry.record.content().expires())
                    && (without == null || !entry.id().equals(without))) {
                good.add(entry.record);
            }
        }
        int count = Math.min(limit, good.size());
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(good.size() - i);
            SignedPeerRecord chosen = good.get(other);
            good.set(other, good.get(i));
            good.set(i, chosen);
        }
        return List.copyOf(good.subList(0, count));
    }

    /** Drops entries whose record has expired; a revocation outlives its expiry. Says which were dropped. */
    public List<PeerId> expire(Instant now) {
        List<PeerId> gone = new ArrayList<>();
        for (Iterator<PeerEntry> each = entries.values().iterator(); each.hasNext(); ) {
            PeerEntry entry = each.next();
            if (entry.status != PeerStatus.REVOKED
                    && !entry.dialing
                    && !now.isBefore(entry.record.content().expires())) {
                gone.add(entry.id());
                each.remove();
            }
        }
        return gone;
    }

    public List<KnownPeer> snapshot(Predicate<PeerId> connected) {
        return entries.values().stream()
                .map(entry -> entry.snapshot(connected.test(entry.id())))
                .toList();
    }

    private void makeRoom() {
        PeerEntry victim = entries.size() < capacity ? null : evictable();
        if (victim != null) {
            entries.remove(victim.id());
            evicted.add(victim.id());
        }
    }

    /** A goodbye is always heard, if only once. */
    private static boolean restless(PeerEntry known, SignedPeerRecord record, long nanoTime) {
        return record.content().state() == PeerState.ACTIVE
                && known.changes >= MAX_CHANGES
                && nanoTime - known.changesSince < CHANGES_PER.toNanos();
    }

    private static void countChange(PeerEntry known, long nanoTime) {
        if (known.changes == 0 || nanoTime - known.changesSince >= CHANGES_PER.toNanos()) {
            known.changes = 0;
            known.changesSince = nanoTime;
        }
        known.changes++;
    }

    /**
     * The oldest entry we never reached, or else one that left: a peer we have authenticated and that did not say goodbye
     * never makes room for hearsay.
     */
    private @Nullable PeerEntry evictable() {
        PeerEntry left = null;
        for (PeerEntry entry : entries.values()) {
            if (entry.dialing) {
                continue;
            }
            if (entry.verifiedAt == null) {
                return entry;
            }
            left = left == null && entry.status == PeerStatus.LEFT ? entry : left;
        }
        return left;
    }

    private static void postpone(PeerEntry entry, long nanoTime, int doublings, RandomGenerator random) {
        long base = FIRST_RETRY.toNanos() << Math.min(doublings - 1, MAX_DOUBLINGS);
        long bounded = Math.min(base, LAST_RETRY.toNanos());
        entry.notBefore = nanoTime + bounded / 2 + random.nextLong(bounded);
    }
}
