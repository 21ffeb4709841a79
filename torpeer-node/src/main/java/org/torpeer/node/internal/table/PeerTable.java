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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;

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
    /** Apart from the others, so that neither makes room for the other. */
    private final Map<PeerId, PeerEntry> revoked = new LinkedHashMap<>();

    private final List<PeerId> evicted = new ArrayList<>();

    public PeerTable(PeerId self, int capacity) {
        this.self = self;
        this.capacity = capacity;
    }

    public int size() {
        return entries.size();
    }

    public @Nullable PeerEntry get(PeerId peer) {
        PeerEntry entry = entries.get(peer);
        return entry == null ? revoked.get(peer) : entry;
    }

    /** The certificate by which the peer's key was given up, or null. */
    public @Nullable SignedPeerRecord revocation(PeerId peer) {
        PeerEntry entry = revoked.get(peer);
        return entry == null ? null : entry.record;
    }

    public Collection<PeerEntry> entries() {
        return entries.values();
    }

    /** Whether the record would change anything if it proved genuine; asked before the expensive checks. */
    public boolean wants(SignedPeerRecord record, long nanoTime) {
        if (record.peer().equals(self) || revoked.containsKey(record.peer())) {
            return false;
        }
        if (record.content().state() == PeerState.REVOKED) {
            return true;
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
        if (record.content().state() == PeerState.REVOKED) {
            return revoke(record, nanoTime);
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
            known.setbacks = 0;
            known.notBefore = nanoTime;
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
        boolean given = record.content().state() == PeerState.REVOKED;
        Map<PeerId, PeerEntry> among = given ? revoked : entries;
        if (among.size() >= capacity || record.peer().equals(self)) {
            return false;
        }
        among.put(record.peer(), new PeerEntry(record, verifiedAt, nanoTime));
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

    /**
     * The first entry of a peer that we had authenticated and that handed over to a successor, whom we have not followed
     * to yet and may dial now, or null.
     */
    public @Nullable PeerEntry handingOver(long nanoTime) {
        for (PeerEntry entry : entries.values()) {
            if (!entry.dialing && entry.notBefore - nanoTime <= 0 && entry.followable() && !toUs(entry)) {
                return entry;
            }
        }
        return null;
    }

    private boolean toUs(PeerEntry entry) {
        Successor successor = entry.record.content().successor();
        return successor != null && successor.key().equals(self);
    }

    /** We dialed the peer's successor and it authenticated itself. */
    public void replaced(PeerEntry entry) {
        if (entry.followable()) {
            entry.status = PeerStatus.REPLACED;
        }
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
        return drop(entry -> !now.isBefore(entry.record.content().expires()));
    }

    /** Drops such entries, unless they are being dialed or are revocations. Says which were dropped. */
    public List<PeerId> drop(Predicate<PeerEntry> which) {
        List<PeerId> gone = new ArrayList<>();
        for (Iterator<PeerEntry> each = entries.values().iterator(); each.hasNext(); ) {
            PeerEntry entry = each.next();
            if (!entry.dialing && which.test(entry)) {
                gone.add(entry.id());
                each.remove();
            }
        }
        return gone;
    }

    public List<KnownPeer> snapshot(Predicate<PeerId> connected) {
        return Stream.concat(entries.values().stream(), revoked.values().stream())
                .map(entry -> entry.snapshot(connected.test(entry.id())))
                .toList();
    }

    private PeerEntry revoke(SignedPeerRecord certificate, long nanoTime) {
        PeerEntry known = entries.remove(certificate.peer());
        PeerEntry entry = known == null ? new PeerEntry(certificate, null, nanoTime) : known;
        entry.record = certificate;
        entry.status = PeerStatus.REVOKED;
        if (revoked.size() >= capacity) {
            forgetOneRevocation();
        }
        revoked.put(certificate.peer(), entry);
        return entry;
    }

    /** The oldest of a peer we never authenticated, or else the oldest. */
    private void forgetOneRevocation() {
        PeerId victim = revoked.values().stream()
                .filter(entry -> entry.verifiedAt == null)
                .findFirst()
                .orElseGet(() -> revoked.values().iterator().next())
                .id();
        revoked.remove(victim);
        evicted.add(victim);
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
