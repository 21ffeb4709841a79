package org.torpeer.node.internal.book;

import static org.torpeer.node.internal.book.BookShape.BUCKETS_PER_PEER;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;

/**
 * The peers a node knows, kept so that who pays for a thousand keys gains little by them. A plain data structure: time
 * and randomness are passed in, nothing is dialed or stored here. Not safe for several threads.
 *
 * <p>Peers only heard of are in the <em>new</em> buckets, those that we reached ourselves in the <em>tried</em> ones.
 *
 * <ul>
 *   <li>A source reaches 16 of the new buckets, whatever it says. A peer can be in as many as 4 of them, for sources of its
 *       own, and is the harder to push out. What is there stays unless it proved dead or sits elsewhere too.
 *   <li>Only a dial of ours brings a peer into a tried bucket. If there is no room, the one that looks worst is to be
 *       dialed first ({@link #contested}), and gives way only when it does not answer.
 *   <li>Connections are drawn evenly from the tried peers, so neither buckets nor insistence change the odds; at most two
 *       of them at a time from one introducer.
 *   <li>What is handed out we have reached, and in a book of some size it is the same small part of it all day.
 * </ul>
 *
 * <p>The idea of the buckets is from Heilman, Kendler, Zohar and Goldberg, "Eclipse Attacks on Bitcoin's Peer-to-Peer
 * Network", 2015, with keys in place of networks. Records must have passed every check before they are put in.
 */
public final class AddressBook {
    /** Connections of our own to peers that one source told us of. */
    public static final int OUTBOUND_PER_INTRODUCER = 2;
    /** Longer than any wait. */
    public static final Duration NEVER = Duration.ofDays(365);
    /** Revocations remembered. */
    public static final int MAX_REVOKED = 1024;

    private static final int MAX_CONTESTS = 16;
    /** Dials in a row that must fail before a peer gives its place to another. */
    private static final int FAILURES_TO_GO = 3;
    /** Draws before we look through all. */
    private static final int DRAWS = 32;

    private static final Duration FEELER_EVERY = Duration.ofMinutes(2);
    private static final int TICKS_PER_SECOND = 10;
    private static final long TICK = Duration.ofSeconds(1).toNanos() / TICKS_PER_SECOND;

    private final PeerId self;
    private final int mature;
    private final boolean naive;
    private final BookState state;
    private final long origin;
    private final BookListener listener;
    private final SipHash keyHash;
    private final Rows rows;
    private final KeyIndex index;
    private final PlaceIndex places;
    private final Buckets buckets;
    private final Replies replies = new Replies(this);
    private final List<Contest> contests = new ArrayList<>();
    private List<PeerId> anchors;
    /** Rows before this one are tried; those behind were heard of. */
    private int tried;
    /** Rows from here on are revocations, which are in no bucket. */
    private int revoked;

    /** Two peers for one tried place: the incumbent is to be dialed. */
    private record Contest(PeerId incumbent, PeerId challenger) {
        boolean about(PeerId peer) {
            return incumbent.equals(peer) || challenger.equals(peer);
        }
    }

    /** What became of a record. */
    public enum Taken {
        /** A peer that was not known. */
        ADDED,
        /** News of a peer that was. */
        CHANGED,
        /** Nothing new, or no room for it. */
        REFUSED
    }

    /**
     * @param self whose book it is; never in it
     * @param state decides who belongs where
     * @param nanoTime the time of the loop; other times are to come within six years of it
     * @param listener told of whatever is to be stored, but not of what is {@linkplain #restore restored}
     */
    public AddressBook(PeerId self, BookShape shape, BookState state, long nanoTime, BookListener listener) {
        this.self = self;
        this.mature = shape.mature();
        this.naive = shape.naive();
        this.state = state;
        this.anchors = state.anchors();
        this.origin = nanoTime;
        this.listener = listener;
        rows = new Rows(shape.shares());
        places = new PlaceIndex(rows);
        byte[] secret = state.secret();
        keyHash = new SipHash(secret, 0);
        SipHash inner = new SipHash(secret, BookState.SECRET_BYTES / 2);
        index = new KeyIndex(rows, inner);
        buckets = new Buckets(inner, shape);
    }

    /** Peers known, revocations included. */
    public int size() {
        return rows.size();
    }

    /** How many of them we reached, and connect with. */
    public int tried() {
        return tried;
    }

    /** How many of those that are not revoked we reached where they say they are. */
    public int reached() {
        return (int) IntStream.range(0, revoked)
                .filter(row -> rows.verified(row) != 0)
                .count();
    }

    public boolean isTried(PeerId peer) {
        return isTried(find(peer));
    }

    /** Whether there are so few tried peers that finding more comes before keeping secrets, as in a young network. */
    public boolean young() {
        return tried < mature;
    }

    /** Whether there are so many peers only heard of that finding out who of them is there comes before hearing of more. */
    public boolean plenty() {
        return revoked - tried >= 2 * mature;
    }

    public boolean contains(PeerId peer) {
        return find(peer) >= 0;
    }

    /** How the peer is, or null if it is not known. */
    public @Nullable PeerStatus status(PeerId peer) {
        int row = find(peer);
        return row < 0 ? null : rows.status(row);
    }

    public @Nullable BookEntry get(PeerId peer) {
        int row = find(peer);
        return row < 0 ? null : entry(row);
    }

    /** The certificate by which the peer's key was given up, or null. */
    public @Nullable SignedPeerRecord revocation(PeerId peer) {
        int row = find(peer);
        return row < revoked ? null : rows.record(row);
    }

    /** Whether the peer could be dialed, and no dial has told anything of it so far. */
    public boolean untried(PeerId peer) {
        int row = find(peer);
        return row >= 0 && rows.active(row) && rows.verified(row) == 0 && rows.failures(row) == 0;
    }

    /** Whether the peer is to be dialed, and may be now. */
    public boolean due(PeerId peer, long nanoTime) {
        int row = find(peer);
        return row >= 0 && due(row, tick(nanoTime));
    }

    /**
     * How long until somebody may be dialed who may not be now because a dial failed or a session ended: a tried peer, or
     * in a young book anybody; {@link #NEVER} if there is nobody.
     *
     * @param failedToo whether those count that did not answer the last time
     */
    public Duration untilNextDue(boolean failedToo, long nanoTime) {
        int now = tick(nanoTime);
        int next = Integer.MAX_VALUE;
        int end = young() ? revoked : tried;
        for (int row = 0; row < end; row++) {
            int at = rows.notBefore(row);
            if (at > now && at < next && rows.active(row) && (failedToo || rows.failures(row) == 0)) {
                next = at;
            }
        }
        return next == Integer.MAX_VALUE ? NEVER : Duration.ofNanos((next - (long) now) * TICK);
    }

    /** Whether enough time went by since the last dial, and none is under way. */
    public boolean rested(PeerId peer, long nanoTime) {
        int row = find(peer);
        return row >= 0 && rested(row, tick(nanoTime));
    }

    /** The tried peers that have not left: whom the book's owner would connect with. */
    public List<PeerId> partners() {
        return IntStream.range(0, tried)
                .filter(rows::active)
                .mapToObj(rows::peer)
                .toList();
    }

    /** All entries, tried ones first. */
    public List<BookEntry> entries() {
        List<BookEntry> entries = new ArrayList<>(rows.size());
        for (int row = 0; row < rows.size(); row++) {
            entries.add(entry(row));
        }
        return entries;
    }

    /** Whether this record of the peer or a newer one is here already, and none by which it was given up. */
    public boolean holds(SignedPeerRecord record) {
        int row = find(record.peer());
        return row >= 0 && row < revoked && !newer(record, row);
    }

    /** Which of the records {@link #holds}; takes far less than to ask for one after the other. */
    public BitSet held(List<SignedPeerRecord> records) {
        int[] found = index.find(records);
        BitSet held = new BitSet(records.size());
        for (int i = 0; i < found.length; i++) {
            int row = found[i];
            if (row >= 0 && row < revoked && !newer(records.get(i), row)) {
                held.set(i);
            }
        }
        return held;
    }

    /** Whether this very record of the peer is here, so that it has passed every check. */
    public boolean has(SignedPeerRecord record) {
        int row = find(record.peer());
        return row >= 0
                && row < revoked
                && rows.sequence(row) == record.content().sequence()
                && rows.record(row).equals(record);
    }

    /** Whether the record would change anything if it proved genuine; asked before the expensive checks. */
    public boolean wants(SignedPeerRecord record, Source source) {
        if (record.peer().equals(self)) {
            return false;
        }
        int row = find(record.peer());
        if (row >= 0) {
            return newer(record, row);
        }
        return switch (record.content().state()) {
            case ACTIVE -> newPlace(source.label(keyHash), hash(record.peer())) >= 0;
            case LEAVING -> false;
            case REVOKED -> true;
        };
    }

    /** Takes a record that passed every check. */
    public Taken put(SignedPeerRecord record, Source source, long nanoTime) {
        if (record.peer().equals(self)) {
            return Taken.REFUSED;
        }
        int row = find(record.peer());
        if (row >= 0) {
            return newer(record, row) ? change(row, record, nanoTime) : Taken.REFUSED;
        }
        long label = source.label(keyHash);
        if (record.content().state() == PeerState.REVOKED) {
            revoke(append(record, label, nanoTime));
            return contains(record.peer()) ? Taken.ADDED : Taken.REFUSED;
        }
        if (record.content().state() != PeerState.ACTIVE) {
            return Taken.REFUSED;
        }
        int place = newPlace(label, hash(record.peer()));
        if (place < 0) {
            return Taken.REFUSED;
        }
        listener.changed(record.peer());
        makeRoom(place);
        int added = append(record, label, nanoTime);
        settle(added, place);
        if (!source.is(record.peer())) {
            rows.setTalkedOf(added);
        } else if (naive) {
            believe(added);
        }
        return Taken.ADDED;
    }

    /**
     * A source told of a peer again, with a record that {@link #wants} had no use for. A peer that several sources tell
     * of becomes harder to push out; one that came and told of itself is its own introducer from then on.
     */
    public void heardAgain(PeerId peer, Source source, RandomGenerator random) {
        int row = find(peer);
        if (row < 0 || row >= revoked) {
            return;
        }
        if (source.is(peer)) {
            long label = source.label(keyHash);
            if (rows.source(row) != label) {
                rows.setSource(row, label);
                listener.changed(peer);
            }
            if (naive && row >= tried && rows.active(row)) {
                believe(row);
                return;
            }
        } else {
            rows.setTalkedOf(row);
        }
        int count = rows.placements(row);
        if (row < tried || count == BUCKETS_PER_PEER || random.nextInt(1 << count) != 0) {
            return;
        }
        int place = freePlace(buckets.newPlace(source.label(keyHash), rows.hashKey(row, keyHash)));
        if (place >= 0 && !inBucket(row, Buckets.bucket(place))) {
            places.add(rows.addPlace(row, place));
        }
    }

    /**
     * Marks a peer as talked of.
     *
     * @return whether nobody had told us of it before but itself, nor we anybody, as far as this run of the node goes
     */
    public boolean talkOf(PeerId peer) {
        int row = find(peer);
        if (row < 0 || rows.talkedOf(row)) {
            return false;
        }
        rows.setTalkedOf(row);
        return true;
    }

    /**
     * We dialed the peer and it authenticated itself.
     *
     * @return whether it was not online before
     */
    public boolean reached(PeerId peer, Instant now) {
        int row = find(peer);
        if (row < 0) {
            return false;
        }
        boolean news = rows.status(row) != PeerStatus.ONLINE;
        rows.setVerified(row, now.getEpochSecond());
        rows.setFailures(row, 0);
        listener.changed(peer);
        contests.removeIf(contest -> contest.incumbent().equals(peer));
        if (rows.active(row)) {
            rows.setStatus(row, PeerStatus.ONLINE);
            if (row >= tried) {
                promote(row);
            }
        }
        if (news) {
            replies.news();
        }
        return news;
    }

    /** A dial failed for a reason of the peer's own: it is tried again later, and later each time. */
    public void failed(PeerId peer, long nanoTime, RandomGenerator random) {
        missed(peer, nanoTime, random);
        int row = find(peer);
        if (row >= 0 && rows.failures(row) >= FAILURES_TO_GO) {
            lose(peer);
        }
    }

    /**
     * As {@link #failed}, while we reach nobody at all and so cannot tell whose failure it is: it costs the peer nothing
     * but time, and can be {@linkplain #pardon pardoned}.
     *
     * @return how many dials had failed before
     */
    public int missed(PeerId peer, long nanoTime, RandomGenerator random) {
        int row = find(peer);
        if (row < 0) {
            return 0;
        }
        int before = rows.failures(row);
        rows.setFailures(row, before + 1);
        if (rows.active(row)) {
            rows.setStatus(row, PeerStatus.OFFLINE);
        }
        postpone(row, before + 1, nanoTime, random);
        listener.changed(peer);
        return before;
    }

    /** What a peer {@link #missed} is taken back, unless we reached it since: it may be dialed as if it had not been. */
    public void pardon(PeerId peer, int failures, long nanoTime, RandomGenerator random) {
        int row = find(peer);
        if (row >= 0 && rows.failures(row) > failures) {
            rows.setFailures(row, failures);
            postpone(row, Math.max(1, failures), nanoTime, random);
            listener.changed(peer);
        }
    }

    /**
     * We dialed the successor of a peer that left, and it authenticated itself.
     *
     * @return whether the peer had been reached, so that it counts
     */
    public boolean replaced(PeerId peer) {
        int row = find(peer);
        boolean counts = row >= 0 && rows.status(row) == PeerStatus.LEFT && rows.verified(row) != 0;
        if (counts) {
            rows.setStatus(row, PeerStatus.REPLACED);
        }
        return counts;
    }

    /** A session with the peer ended: not at once again. */
    public void postponed(PeerId peer, long nanoTime, RandomGenerator random) {
        postponed(peer, 1, nanoTime, random);
    }

    /**
     * A dial failed for a reason that says nothing of the peer: later again.
     *
     * @param times how often in a row, at least 1: the more, the later
     */
    public void postponed(PeerId peer, int times, long nanoTime, RandomGenerator random) {
        int row = find(peer);
        if (row >= 0) {
            postpone(row, times, nanoTime, random);
        }
    }

    /** The peer has no room, and said for how long: not before that is over, however soon it would be its turn. */
    public void busy(PeerId peer, Duration time, long nanoTime) {
        int row = find(peer);
        if (row >= 0) {
            rows.setNotBefore(row, Math.max(rows.notBefore(row), tick(nanoTime + time.toNanos()) + 1));
        }
    }

    /** Marks a dial as under way, or not. Such a peer is neither drawn nor dropped. */
    public void dialing(PeerId peer, boolean underWay) {
        int row = find(peer);
        if (row >= 0) {
            rows.setDialing(row, underWay);
        }
    }

    /**
     * A tried peer to connect with, each that may be dialed now as likely as any other; null if there is none.
     *
     * @param outbound with whom we have connections that we dialed, or dial: at most two of them and the result come from
     *     one introducer. A young book that has nobody else left does not mind.
     * @param others who is not to be drawn either; asked of each peer drawn
     * @param failedToo whether those count that did not answer the last time
     */
    public @Nullable PeerId selectOutbound(
            Collection<PeerId> outbound,
            Collection<PeerId> others,
            boolean failedToo,
            long nanoTime,
            RandomGenerator random) {
        return select(outbound, others, failedToo, row -> true, nanoTime, random);
    }

    /** As {@link #selectOutbound}, but never a router. */
    public @Nullable PeerId selectParticipant(
            Collection<PeerId> outbound,
            Collection<PeerId> others,
            boolean failedToo,
            long nanoTime,
            RandomGenerator random) {
        return select(outbound, others, failedToo, row -> !rows.router(row), nanoTime, random);
    }

    private @Nullable PeerId select(
            Collection<PeerId> outbound,
            Collection<PeerId> others,
            boolean failedToo,
            IntPredicate wanted,
            long nanoTime,
            RandomGenerator random) {
        int now = tick(nanoTime);
        int[] dialed = rowsOf(outbound);
        long[] full = fullIntroducers(dialed);
        int mostFailures = failedToo ? Integer.MAX_VALUE : 0;
        IntPredicate free = each -> wanted.test(each)
                && due(each, now)
                && rows.failures(each) <= mostFailures
                && !contains(dialed, each)
                && !others.contains(rows.peer(each));
        int row = draw(0, tried, each -> free.test(each) && !contains(full, rows.source(each)), random);
        if (row < 0 && full.length > 0 && (young() || naive)) {
            row = draw(0, tried, free, random);
        }
        return row < 0 ? null : rows.peer(row);
    }

    /**
     * A peer only heard of, to be dialed to see whether it is there; each as likely as any other; null if none is due.
     *
     * @param outbound with whom we have connections: no introducer of two of them counts
     */
    public @Nullable PeerId selectFeeler(Collection<PeerId> outbound, long nanoTime, RandomGenerator random) {
        int now = tick(nanoTime);
        long[] full = fullIntroducers(rowsOf(outbound));
        int row = draw(
                tried,
                revoked,
                each -> rows.verified(each) == 0 && due(each, now) && !contains(full, rows.source(each)),
                random);
        return row < 0 ? null : rows.peer(row);
    }

    /**
     * As {@link #selectFeeler}, of those that did not fail three times yet; a router only if there is nobody else, since the
     * routers of a large network would keep each other busy while participants wait to be known.
     *
     * @param routersToo whether routers count at all
     * @param failedToo whether those count that failed at all
     */
    public @Nullable PeerId selectFresh(boolean routersToo, boolean failedToo, long nanoTime, RandomGenerator random) {
        int now = tick(nanoTime);
        int mostFailures = failedToo ? FAILURES_TO_GO - 1 : 0;
        IntPredicate fresh = each -> rows.verified(each) == 0 && rows.failures(each) <= mostFailures && due(each, now);
        int row = draw(tried, revoked, each -> !rows.router(each) && fresh.test(each), random);
        if (row < 0 && routersToo) {
            row = draw(tried, revoked, fresh, random);
        }
        return row < 0 ? null : rows.peer(row);
    }

    /** A peer that we reached once but not since some time, to be dialed to see how it is; null if none is due. */
    public @Nullable PeerId selectProbe(Instant notSince, long nanoTime, RandomGenerator random) {
        int now = tick(nanoTime);
        long since = notSince.getEpochSecond();
        int row = draw(
                0,
                revoked,
                each -> (each < tried || rows.verified(each) != 0) && rows.verified(each) < since && due(each, now),
                random);
        return row < 0 ? null : rows.peer(row);
    }

    /**
     * A tried peer whose place another is waiting for; it is to be dialed before others, null if none is due. One that we
     * are connected with is {@link #reached} without a dial.
     */
    public @Nullable PeerId contested(long nanoTime) {
        int now = tick(nanoTime);
        for (Contest contest : contests) {
            if (due(find(contest.incumbent()), now)) {
                return contest.incumbent();
            }
        }
        return null;
    }

    /** Time until the next feeler; drawn so that nobody can tell when it will be (exponential, 2 minutes on average). */
    public static Duration feelerPause(RandomGenerator random) {
        double mean = FEELER_EVERY.toNanos();
        double drawn = -StrictMath.log(1 - random.nextDouble()) * mean;
        return Duration.ofNanos((long) Math.min(drawn, 10 * mean));
    }

    /** Remembers with whom to connect first after a restart: the first two. */
    public void keepAnchors(List<PeerId> connected) {
        anchors = List.copyOf(connected.subList(0, Math.min(connected.size(), BookState.MAX_ANCHORS)));
    }

    /** The anchors that are tried peers still. */
    public List<PeerId> anchors() {
        return naive
                ? List.of()
                : anchors.stream().filter(anchor -> isTried(find(anchor))).toList();
    }

    /**
     * Records of peers that we reached, for one who asks. Of a young book it is those that the asker was not told before, or if
     * offline ones are wanted too all of them in an order drawn anew; later it is 23 % of the book, from 64 to 128, and for
     * 21 to 27 hours the same, so that asking often tells no more; only as long as there are not 64, others are added as they
     * come. Routers take at most a quarter of the places.
     *
     * @param told what the asker was told before; changed by this
     * @param limit most records
     * @param offlineToo whether those count that did not answer the last time
     * @param without the asker, null if it has no name
     */
    public List<SignedPeerRecord> sample(
            Told told,
            int limit,
            boolean offlineToo,
            @Nullable PeerId without,
            Instant now,
            long nanoTime,
            RandomGenerator random) {
        return replies.reply(told, limit, offlineToo, without, now.getEpochSecond(), nanoTime, random);
    }

    /**
     * Drops peers whose record has expired; a revocation outlives its expiry.
     *
     * @return how many
     */
    public int expire(Instant now) {
        int before = rows.size();
        for (int row = revoked - 1; row >= 0; row--) {
            // What moves here from behind has been looked at.
            if (!rows.dialing(row) && expired(row, now.getEpochSecond())) {
                forget(row);
            }
        }
        return before - rows.size();
    }

    /** Drops a peer, if it is known. */
    public void forget(PeerId peer) {
        int row = find(peer);
        if (row >= 0) {
            forget(row);
        }
    }

    /** What to store of a peer, or null if it is not known. */
    public @Nullable StoredEntry stored(PeerId peer) {
        int row = find(peer);
        return row < 0
                ? null
                : new StoredEntry(
                        rows.record(row),
                        rows.source(row),
                        row < tried,
                        rows.status(row) == PeerStatus.OFFLINE,
                        rows.failures(row),
                        verifiedAt(row),
                        rows.placements(row) == 0 ? StoredEntry.ANYWHERE : rows.place(row * BUCKETS_PER_PEER));
    }

    /** What to store beside the peers; changes with {@link #keepAnchors} only. */
    public BookState state() {
        return new BookState(state.secret(), anchors);
    }

    /**
     * Puts back what an earlier run of this node had stored; the record has passed every check but the proof's again.
     *
     * @return whether there was room for it
     */
    public boolean restore(StoredEntry stored, long nanoTime, RandomGenerator random) {
        SignedPeerRecord record = stored.record();
        long hash = hash(record.peer());
        if (record.peer().equals(self) || find(record.peer()) >= 0) {
            return false;
        }
        if (record.content().state() == PeerState.REVOKED) {
            return restoreRevoked(stored, nanoTime);
        }
        int triedPlace = stored.tried() && stored.verifiedAt() != null ? keptTriedPlace(stored, hash) : -1;
        int place = triedPlace >= 0 ? triedPlace : keptNewPlace(stored, hash);
        if (place < 0) {
            return false;
        }
        int row = append(record, stored.source(), nanoTime);
        remember(row, stored);
        rows.setTalkedOf(row);
        if (stored.failures() > 0) {
            postpone(row, stored.failures(), nanoTime, random);
        }
        settle(triedPlace >= 0 ? toTried(row) : row, place);
        return true;
    }

    /** In which buckets the peer is, numbered through, tried ones last. */
    public int[] bucketsOf(PeerId peer) {
        int row = find(peer);
        int[] found = new int[row < 0 ? 0 : rows.placements(row)];
        for (int i = 0; i < found.length; i++) {
            found[i] = Buckets.bucket(rows.place(row * BUCKETS_PER_PEER + i));
        }
        return found;
    }

    // What Replies draws from.

    int row(PeerId peer) {
        return find(peer);
    }

    PeerId peer(int row) {
        return rows.peer(row);
    }

    SignedPeerRecord record(int row) {
        return rows.record(row);
    }

    long sequence(int row) {
        return rows.sequence(row);
    }

    /** Whether the peer may be handed out to one who wants those that are offline, too. */
    boolean presentable(int row, long epochSeconds) {
        return isTried(row) && rows.verified(row) != 0 && rows.active(row) && !expired(row, epochSeconds);
    }

    boolean router(int row) {
        return rows.router(row);
    }

    boolean offline(int row) {
        return rows.status(row) == PeerStatus.OFFLINE;
    }

    // Finding.

    private long hash(PeerId peer) {
        return keyHash.hash(peer.word(0), peer.word(1), peer.word(2), peer.word(3));
    }

    private int find(PeerId peer) {
        return index.find(peer.word(0), peer.word(1), peer.word(2), peer.word(3));
    }

    private boolean isTried(int row) {
        return row >= 0 && row < tried;
    }

    private boolean newer(SignedPeerRecord record, int row) {
        return Long.compareUnsigned(record.content().sequence(), rows.sequence(row)) > 0;
    }

    private boolean expired(int row, long epochSeconds) {
        return epochSeconds >= rows.expires(row);
    }

    private BookEntry entry(int row) {
        return new BookEntry(
                rows.record(row),
                rows.status(row),
                verifiedAt(row),
                rows.failures(row),
                row < tried,
                rows.dialing(row));
    }

    private @Nullable Instant verifiedAt(int row) {
        long seconds = rows.verified(row);
        return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
    }

    // Drawing.

    /** One of the rows that fit, each as likely as any other, or -1. */
    private static int draw(int from, int to, IntPredicate fits, RandomGenerator random) {
        if (from == to) {
            return -1;
        }
        for (int i = 0; i < DRAWS; i++) {
            int row = from + random.nextInt(to - from);
            if (fits.test(row)) {
                return row;
            }
        }
        int found = -1;
        int seen = 0;
        for (int row = from; row < to; row++) {
            if (fits.test(row) && random.nextInt(++seen) == 0) {
                found = row;
            }
        }
        return found;
    }

    private boolean due(int row, int now) {
        return rows.active(row) && rested(row, now);
    }

    private boolean rested(int row, int now) {
        return !rows.dialing(row) && rows.notBefore(row) <= now;
    }

    /** In ascending order. */
    private int[] rowsOf(Collection<PeerId> peers) {
        int[] found = new int[peers.size()];
        int count = 0;
        for (PeerId peer : peers) {
            found[count++] = find(peer);
        }
        Arrays.sort(found);
        return found;
    }

    /** Sources of which there are enough connections. */
    private long[] fullIntroducers(int[] taken) {
        long[] full = new long[taken.length];
        int count = 0;
        for (int i = 0; i < taken.length; i++) {
            int before = 0;
            for (int j = 0; j < i && taken[i] >= 0; j++) {
                before += taken[j] >= 0 && rows.source(taken[j]) == rows.source(taken[i]) ? 1 : 0;
            }
            if (before == OUTBOUND_PER_INTRODUCER - 1) {
                full[count++] = rows.source(taken[i]);
            }
        }
        return Arrays.copyOf(full, count);
    }

    private static boolean contains(int[] sorted, int row) {
        return Arrays.binarySearch(sorted, row) >= 0;
    }

    private static boolean contains(long[] values, long value) {
        for (long each : values) {
            if (each == value) {
                return true;
            }
        }
        return false;
    }

    // Time.

    private int tick(long nanoTime) {
        return (int) Math.floorDiv(nanoTime - origin, TICK);
    }

    private void postpone(int row, int failures, long nanoTime, RandomGenerator random) {
        rows.setNotBefore(row, tick(nanoTime + Backoff.pause(failures, random)) + 1);
    }

    // Changing what is known.

    private Taken change(int row, SignedPeerRecord record, long nanoTime) {
        boolean moved = rows.record(row).content().endpoint().port()
                != record.content().endpoint().port();
        boolean back = !rows.active(row);
        rows.setRecord(row, record);
        listener.changed(record.peer());
        if (moved) {
            rows.setVerified(row, 0);
        }
        switch (record.content().state()) {
            case ACTIVE -> {
                if (moved || back) {
                    rows.setStatus(row, PeerStatus.UNKNOWN);
                    rows.setFailures(row, 0);
                    rows.setNotBefore(row, tick(nanoTime));
                }
            }
            case LEAVING -> {
                rows.setStatus(row, PeerStatus.LEFT);
                rows.setFailures(row, 0);
                rows.setNotBefore(row, tick(nanoTime));
            }
            case REVOKED -> revoke(row);
        }
        return Taken.CHANGED;
    }

    private void revoke(int row) {
        rows.setStatus(row, PeerStatus.REVOKED);
        leaveContests(rows.peer(row));
        listener.changed(rows.peer(row));
        leavePlaces(row);
        toRevoked(toHeard(row));
        if (rows.size() - revoked > MAX_REVOKED) {
            forget(leastRevoked());
        }
    }

    /** A revocation of a peer that we never reached, else the one that expired first. */
    private int leastRevoked() {
        int least = revoked;
        for (int row = revoked; row < rows.size(); row++) {
            boolean stranger = rows.verified(row) == 0;
            boolean sameKind = stranger == (rows.verified(least) == 0);
            if (sameKind ? rows.expires(row) < rows.expires(least) : stranger) {
                least = row;
            }
        }
        return least;
    }

    /** Where it was, so that nobody loses a place to those who come back before; else any that is free, or -1. */
    private int keptTriedPlace(StoredEntry stored, long hash) {
        boolean own = buckets.isTriedPlace(stored.place(), hash);
        return own && places.find(stored.place()) < 0 ? stored.place() : freePlace(buckets.triedPlace(hash));
    }

    /** As {@link #keptTriedPlace}. The source may not be the one by which it has that place. */
    private int keptNewPlace(StoredEntry stored, long hash) {
        boolean kept = buckets.isNewPlace(stored.place()) && places.find(stored.place()) < 0;
        return kept ? stored.place() : freePlace(buckets.newPlace(stored.source(), hash));
    }

    private boolean restoreRevoked(StoredEntry stored, long nanoTime) {
        if (rows.size() - revoked >= MAX_REVOKED) {
            return false;
        }
        int row = append(stored.record(), stored.source(), nanoTime);
        remember(row, stored);
        toRevoked(row);
        return true;
    }

    private void remember(int row, StoredEntry stored) {
        Instant verifiedAt = stored.verifiedAt();
        rows.setVerified(row, verifiedAt == null ? 0 : verifiedAt.getEpochSecond());
        rows.setFailures(row, stored.failures());
        rows.setStatus(
                row,
                switch (stored.record().content().state()) {
                    case ACTIVE -> stored.offline() ? PeerStatus.OFFLINE : PeerStatus.UNKNOWN;
                    case LEAVING -> PeerStatus.LEFT;
                    case REVOKED -> PeerStatus.REVOKED;
                });
    }

    /** Without defences, who comes and tells of itself counts as reached. */
    private void believe(int row) {
        rows.setVerified(row, rows.record(row).content().issued().getEpochSecond());
        rows.setStatus(row, PeerStatus.ONLINE);
        promote(row);
    }

    // New buckets.

    /** A place for a peer heard of from a source: a free one, else one whose peer has to yield, else -1. */
    private int newPlace(long source, long hash) {
        int own = buckets.newPlace(source, hash);
        int free = freePlace(own);
        if (free >= 0) {
            return free;
        }
        for (int i = 0; i < Buckets.WINDOW; i++) {
            int place = Buckets.step(own, i);
            if (yields(places.find(place) / BUCKETS_PER_PEER)) {
                return place;
            }
        }
        return -1;
    }

    private boolean yields(int row) {
        boolean gone = !rows.active(row) || rows.failures(row) >= FAILURES_TO_GO;
        return rows.placements(row) > 1 || ((gone || naive) && !rows.dialing(row));
    }

    private void makeRoom(int place) {
        int placement = places.find(place);
        if (placement < 0) {
            return;
        }
        int row = placement / BUCKETS_PER_PEER;
        if (rows.placements(row) > 1) {
            leavePlace(placement);
            listener.changed(rows.peer(row));
        } else {
            forget(row);
        }
    }

    private boolean inBucket(int row, int bucket) {
        for (int i = 0; i < rows.placements(row); i++) {
            if (Buckets.bucket(rows.place(row * BUCKETS_PER_PEER + i)) == bucket) {
                return true;
            }
        }
        return false;
    }

    // Tried buckets.

    private void promote(int row) {
        int own = buckets.triedPlace(rows.hashKey(row, keyHash));
        int place = freePlace(own);
        PeerId challenger = rows.peer(row);
        if (place >= 0) {
            leavePlaces(row);
            settle(toTried(row), place);
            listener.changed(challenger);
            return;
        }
        int incumbent = naive ? places.find(own) / BUCKETS_PER_PEER : weakest(own);
        if (incumbent < 0) {
            return;
        }
        Contest contest = new Contest(rows.peer(incumbent), challenger);
        if ((naive || !rows.active(incumbent)) && !rows.dialing(incumbent)) {
            replace(contest);
        } else if (contests.size() < MAX_CONTESTS
                && contests.stream().noneMatch(other -> other.challenger().equals(challenger))) {
            contests.add(contest);
        }
    }

    /** Who of a window gave least sign of life and is not contested yet, or -1. */
    private int weakest(int own) {
        int weakest = -1;
        for (int i = 0; i < Buckets.WINDOW; i++) {
            int row = places.find(Buckets.step(own, i)) / BUCKETS_PER_PEER;
            boolean contested = !contests.isEmpty() && contests.stream().anyMatch(c -> c.about(rows.peer(row)));
            if (!contested && (weakest < 0 || weaker(row, weakest))) {
                weakest = row;
            }
        }
        return weakest;
    }

    private boolean weaker(int row, int than) {
        if (rows.active(row) != rows.active(than)) {
            return !rows.active(row);
        }
        if (rows.failures(row) != rows.failures(than)) {
            return rows.failures(row) > rows.failures(than);
        }
        return rows.verified(row) < rows.verified(than);
    }

    /** The peer did not answer; if another waits for its place, that one gets it. */
    private void lose(PeerId incumbent) {
        for (Contest contest : contests) {
            if (contest.incumbent().equals(incumbent)) {
                contests.remove(contest);
                replace(contest);
                return;
            }
        }
    }

    private void replace(Contest contest) {
        demote(find(contest.incumbent()));
        int challenger = find(contest.challenger());
        if (challenger >= tried && challenger < revoked && rows.status(challenger) == PeerStatus.ONLINE) {
            promote(challenger);
        }
    }

    /** Back to those heard of, if there is room for it. */
    private void demote(int row) {
        int place = freePlace(buckets.newPlace(rows.source(row), rows.hashKey(row, keyHash)));
        if (place < 0) {
            forget(row);
            return;
        }
        leavePlaces(row);
        listener.changed(rows.peer(row));
        settle(toHeard(row), place);
    }

    private void leaveContests(PeerId peer) {
        contests.removeIf(contest -> contest.about(peer));
    }

    // Rows and places.

    /** The first place of a window at which nobody is, or -1. */
    private int freePlace(int own) {
        for (int i = 0; i < Buckets.WINDOW; i++) {
            if (places.find(Buckets.step(own, i)) < 0) {
                return Buckets.step(own, i);
            }
        }
        return -1;
    }

    /** A row among those heard of, in no bucket yet. */
    private int append(SignedPeerRecord record, long source, long nanoTime) {
        int row = rows.append(record, source, tick(nanoTime));
        index.add(row);
        swap(row, revoked);
        return revoked++;
    }

    private void settle(int row, int place) {
        places.add(rows.addPlace(row, place));
    }

    private int toTried(int row) {
        replies.news();
        swap(row, tried);
        return tried++;
    }

    private int toHeard(int row) {
        if (row >= tried) {
            return row;
        }
        swap(row, --tried);
        return tried;
    }

    private int toRevoked(int row) {
        if (row >= revoked) {
            return row;
        }
        swap(row, --revoked);
        return revoked;
    }

    private void forget(int known) {
        PeerId peer = rows.peer(known);
        leaveContests(peer);
        leavePlaces(known);
        int row = toRevoked(toHeard(known));
        swap(row, rows.size() - 1);
        index.remove(rows.size() - 1);
        rows.removeLast();
        listener.removed(peer);
    }

    private void leavePlaces(int row) {
        while (rows.placements(row) > 0) {
            leavePlace(row * BUCKETS_PER_PEER + rows.placements(row) - 1);
        }
    }

    private void leavePlace(int placement) {
        int row = placement / BUCKETS_PER_PEER;
        int last = row * BUCKETS_PER_PEER + rows.placements(row) - 1;
        places.remove(placement);
        if (placement != last) {
            places.renumber(places.slotOf(last), placement);
            rows.setPlace(placement, rows.place(last));
        }
        rows.dropLastPlace(row);
    }

    private void swap(int a, int b) {
        if (a == b) {
            return;
        }
        int slotOfA = index.slotOf(a);
        int slotOfB = index.slotOf(b);
        int[] placesOfA = placeSlots(a);
        int[] placesOfB = placeSlots(b);
        rows.swap(a, b);
        index.renumber(slotOfA, b);
        index.renumber(slotOfB, a);
        renumber(placesOfA, b);
        renumber(placesOfB, a);
    }

    private int[] placeSlots(int row) {
        int[] slots = new int[rows.placements(row)];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = places.slotOf(row * BUCKETS_PER_PEER + i);
        }
        return slots;
    }

    private void renumber(int[] slots, int row) {
        for (int i = 0; i < slots.length; i++) {
            places.renumber(slots[i], row * BUCKETS_PER_PEER + i);
        }
    }
}
