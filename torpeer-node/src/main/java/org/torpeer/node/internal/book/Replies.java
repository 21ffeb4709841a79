package org.torpeer.node.internal.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;

/** What a book answers to those who ask for peers. */
final class Replies {
    private static final int MOST = 128;
    private static final int PERCENT = 23;
    /** A reply that stays the same is added to while it has fewer: of a small book so few would be all that anybody hears of. */
    private static final int LEAST = 64;

    private static final Duration KEPT_AT_LEAST = Duration.ofHours(21);
    private static final Duration KEPT_AT_MOST = Duration.ofHours(27);
    /** Routers know each other, and would soon talk of nothing else: there is at most one in so many places of a reply. */
    private static final int PLACES_PER_ROUTER = 4;

    private final AddressBook book;
    private @Nullable Kept online;
    private @Nullable Kept all;
    private int news;

    /** The peers of a reply that stays the same but for additions; their records are the newest ones. */
    private static final class Kept {
        private final List<PeerId> peers = new ArrayList<>();
        private final List<SignedPeerRecord> records = new ArrayList<>();
        private final long until;
        private int routers;
        /** What was news when somebody was last looked for. */
        private int upTo;

        Kept(long until) {
            this.until = until;
        }
    }

    Replies(AddressBook book) {
        this.book = book;
    }

    /** There may be somebody to be handed out who was not before. */
    void news() {
        news++;
    }

    List<SignedPeerRecord> reply(
            Told told,
            int limit,
            boolean offlineToo,
            @Nullable PeerId without,
            long epochSeconds,
            long nanoTime,
            RandomGenerator random) {
        if (!book.young()) {
            return newest(kept(offlineToo, epochSeconds, nanoTime, random), limit, without, epochSeconds);
        }
        if (offlineToo) {
            return fresh(limit, without, epochSeconds, random);
        }
        told.begin(book.tried(), nanoTime, random);
        return untold(told, limit, without, epochSeconds, random);
    }

    private List<SignedPeerRecord> fresh(
            int limit, @Nullable PeerId without, long epochSeconds, RandomGenerator random) {
        BitSet others = new BitSet();
        mark(others, without);
        int[] drawn = drawn(fitting(true, others, epochSeconds), limit, mostRouters(limit), random);
        List<SignedPeerRecord> records = new ArrayList<>(drawn.length);
        for (int row : drawn) {
            records.add(book.record(row));
        }
        return records;
    }

    /** Mixed, so that a long reply does not say in which order we reached them. */
    private List<SignedPeerRecord> untold(
            Told told, int limit, @Nullable PeerId without, long epochSeconds, RandomGenerator random) {
        int asker = without == null ? -1 : book.row(without);
        int routers = 0;
        List<SignedPeerRecord> records = new ArrayList<>(Math.min(limit, book.tried()));
        while (records.size() < limit) {
            int row = told.next(book.tried());
            if (row < 0) {
                break;
            }
            boolean fits = row != asker && book.presentable(row, epochSeconds) && !book.offline(row);
            if (fits && (!book.router(row) || routers++ < mostRouters(limit))) {
                records.add(random.nextInt(records.size() + 1), book.record(row));
            }
        }
        if (routers > records.size()) {
            // Where most are routers, those that had no place are to get one.
            told.forget();
        }
        return records;
    }

    private static int mostRouters(int limit) {
        return Math.max(1, limit / PLACES_PER_ROUTER);
    }

    private List<SignedPeerRecord> newest(Kept kept, int limit, @Nullable PeerId without, long epochSeconds) {
        List<SignedPeerRecord> records = new ArrayList<>(Math.min(limit, MOST));
        for (int i = 0; i < kept.peers.size() && records.size() < limit; i++) {
            PeerId peer = kept.peers.get(i);
            int row = Objects.equals(peer, without) ? -1 : book.row(peer);
            if (book.presentable(row, epochSeconds)) {
                if (kept.records.get(i).content().sequence() != book.sequence(row)) {
                    kept.records.set(i, book.record(row));
                }
                records.add(kept.records.get(i));
            }
        }
        return records;
    }

    private Kept kept(boolean offlineToo, long epochSeconds, long nanoTime, RandomGenerator random) {
        Kept kept = offlineToo ? all : online;
        if (kept == null || nanoTime - kept.until >= 0) {
            long keep = KEPT_AT_LEAST.toNanos()
                    + random.nextLong(KEPT_AT_MOST.minus(KEPT_AT_LEAST).toNanos());
            kept = new Kept(nanoTime + keep);
            extend(
                    kept,
                    Math.min(MOST, Math.max(LEAST, book.tried() * PERCENT / 100)),
                    offlineToo,
                    epochSeconds,
                    random);
            if (offlineToo) {
                all = kept;
            } else {
                online = kept;
            }
        } else if (kept.peers.size() < LEAST && kept.upTo != news) {
            extend(kept, LEAST, offlineToo, epochSeconds, random);
        }
        return kept;
    }

    private void extend(Kept kept, int size, boolean offlineToo, long epochSeconds, RandomGenerator random) {
        BitSet there = new BitSet();
        kept.peers.forEach(peer -> mark(there, peer));
        int[] rows = fitting(offlineToo, there, epochSeconds);
        for (int row : drawn(rows, size - kept.peers.size(), size / PLACES_PER_ROUTER - kept.routers, random)) {
            kept.peers.add(book.peer(row));
            kept.records.add(book.record(row));
            kept.routers += book.router(row) ? 1 : 0;
        }
        kept.upTo = news;
    }

    private void mark(BitSet rows, @Nullable PeerId peer) {
        int row = peer == null ? -1 : book.row(peer);
        if (row >= 0) {
            rows.set(row);
        }
    }

    private int[] fitting(boolean offlineToo, BitSet without, long epochSeconds) {
        int[] rows = new int[book.tried()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (!without.get(row) && book.presentable(row, epochSeconds) && (offlineToo || !book.offline(row))) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** An even draw of some of the rows, which are in no order afterwards; of routers no more than so many. */
    private int[] drawn(int[] rows, int most, int mostRouters, RandomGenerator random) {
        int[] drawn = new int[Math.min(most, rows.length)];
        int count = 0;
        int routers = 0;
        for (int left = rows.length; left > 0 && count < drawn.length; left--) {
            int at = random.nextInt(left);
            int row = rows[at];
            rows[at] = rows[left - 1];
            if (!book.router(row) || routers++ < mostRouters) {
                drawn[count++] = row;
            }
        }
        return Arrays.copyOf(drawn, count);
    }
}
