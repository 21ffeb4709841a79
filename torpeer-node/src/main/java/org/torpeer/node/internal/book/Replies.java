package org.torpeer.node.internal.book;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;

/** What a book answers to those who ask for peers. */
final class Replies {
    private static final int MOST = 128;
    private static final int PERCENT = 23;
    private static final Duration KEPT_AT_LEAST = Duration.ofHours(21);
    private static final Duration KEPT_AT_MOST = Duration.ofHours(27);
    /** Draws for each record wanted, before we look through all. */
    private static final int DRAWS = 8;

    private final AddressBook book;
    private @Nullable Kept online;
    private @Nullable Kept all;

    /** The peers of a reply that stays the same; their records are the newest ones. */
    private record Kept(List<PeerId> peers, SignedPeerRecord[] records, long until) {}

    Replies(AddressBook book) {
        this.book = book;
    }

    List<SignedPeerRecord> reply(
            int limit,
            boolean offlineToo,
            @Nullable PeerId without,
            long epochSeconds,
            long nanoTime,
            RandomGenerator random) {
        if (book.young()) {
            return fresh(limit, offlineToo, without, epochSeconds, random);
        }
        Kept kept = offlineToo ? all : online;
        if (kept == null || nanoTime - kept.until() >= 0) {
            kept = draw(offlineToo, epochSeconds, nanoTime, random);
            if (offlineToo) {
                all = kept;
            } else {
                online = kept;
            }
        }
        return newest(kept, limit, without, epochSeconds);
    }

    private List<SignedPeerRecord> fresh(
            int limit, boolean offlineToo, @Nullable PeerId without, long epochSeconds, RandomGenerator random) {
        int[] rows = fitting(offlineToo, without == null ? -1 : book.row(without), epochSeconds);
        int count = Math.min(limit, rows.length);
        shuffle(rows, count, random);
        List<SignedPeerRecord> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(book.record(rows[i]));
        }
        return records;
    }

    private List<SignedPeerRecord> newest(Kept kept, int limit, @Nullable PeerId without, long epochSeconds) {
        List<SignedPeerRecord> records = new ArrayList<>(Math.min(limit, MOST));
        for (int i = 0; i < kept.peers().size() && records.size() < limit; i++) {
            PeerId peer = kept.peers().get(i);
            int row = without != null && peer.equals(without) ? -1 : book.row(peer);
            if (book.presentable(row, epochSeconds)) {
                if (kept.records()[i].content().sequence() != book.sequence(row)) {
                    kept.records()[i] = book.record(row);
                }
                records.add(kept.records()[i]);
            }
        }
        return records;
    }

    private Kept draw(boolean offlineToo, long epochSeconds, long nanoTime, RandomGenerator random) {
        int wanted = Math.min(MOST, book.tried() * PERCENT / 100);
        Set<Integer> drawn = new LinkedHashSet<>();
        for (int i = 0; i < DRAWS * wanted && drawn.size() < wanted; i++) {
            int row = random.nextInt(book.tried());
            if (fits(row, offlineToo, epochSeconds)) {
                drawn.add(row);
            }
        }
        if (drawn.size() < wanted) {
            drawn.clear();
            int[] rows = fitting(offlineToo, -1, epochSeconds);
            int count = Math.min(wanted, rows.length);
            shuffle(rows, count, random);
            for (int i = 0; i < count; i++) {
                drawn.add(rows[i]);
            }
        }
        long keep = KEPT_AT_LEAST.toNanos()
                + random.nextLong(KEPT_AT_MOST.minus(KEPT_AT_LEAST).toNanos());
        return new Kept(
                drawn.stream().map(book::peer).toList(),
                drawn.stream().map(book::record).toArray(SignedPeerRecord[]::new),
                nanoTime + keep);
    }

    private boolean fits(int row, boolean offlineToo, long epochSeconds) {
        return book.presentable(row, epochSeconds) && (offlineToo || !book.offline(row));
    }

    private int[] fitting(boolean offlineToo, int without, long epochSeconds) {
        int[] rows = new int[book.tried()];
        int count = 0;
        for (int row = 0; row < rows.length; row++) {
            if (row != without && fits(row, offlineToo, epochSeconds)) {
                rows[count++] = row;
            }
        }
        return Arrays.copyOf(rows, count);
    }

    /** Makes the first so many an even draw of all. */
    private static void shuffle(int[] rows, int count, RandomGenerator random) {
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(rows.length - i);
            int row = rows[other];
            rows[other] = rows[i];
            rows[i] = row;
        }
    }
}
