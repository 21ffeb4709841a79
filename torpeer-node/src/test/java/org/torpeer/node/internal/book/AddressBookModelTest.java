package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.book.AddressBook.Taken;
import org.torpeer.testkit.TestSeed;

/** Any sequence of operations leaves the book as a map of plain objects would be, and its rules kept. */
class AddressBookModelTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    /** So small that everything collides. */
    private static final BookShape SMALL = new BookShape(16, 1);

    /** What the book should have of a peer. */
    private static final class Expected {
        private SignedPeerRecord record;
        private PeerStatus status = PeerStatus.UNKNOWN;
        private int failures;
        private @Nullable Instant verifiedAt;
        private boolean dialing;

        Expected(SignedPeerRecord record) {
            this.record = record;
        }
    }

    private static final class Walk {
        private final Random random;
        private final Strangers strangers;
        private final List<PeerId> peers = new ArrayList<>();
        private final List<Source> sources = new ArrayList<>();
        private final Map<PeerId, Expected> model = new HashMap<>();
        private final Map<Integer, Strangers.Template> templates = new HashMap<>();
        private final Set<PeerId> mayGo = new HashSet<>();
        private final AddressBook book;
        private Instant now = START;
        private long nanoTime;
        private long sequence = 1;

        Walk(Random random, int peers) {
            this.random = random;
            strangers = new Strangers(random, START);
            for (int i = 0; i < peers; i++) {
                this.peers.add(strangers.id());
            }
            for (int i = 0; i < 12; i++) {
                sources.add(i % 3 == 0 ? Source.seed("seed" + i) : Source.peer(strangers.id()));
            }
            book = new AddressBook(strangers.id(), SMALL, BookState.fresh(random), 0, this::gone);
        }

        private void gone(PeerId peer) {
            Expected expected = Objects.requireNonNull(model.remove(peer), "it was not there");
            assertThat(expected.dialing && !mayGo.contains(peer))
                    .as("dropped during a dial")
                    .isFalse();
            boolean proved = expected.failures >= 3
                    || expected.status == PeerStatus.LEFT
                    || expected.status == PeerStatus.REVOKED
                    || !now.isBefore(expected.record.content().expires());
            assertThat(proved || mayGo.contains(peer))
                    .as("dropped while it was good")
                    .isTrue();
        }

        void step() {
            PeerId peer = peers.get(random.nextInt(peers.size()));
            nanoTime += random.nextInt(2_000_000_000);
            now = now.plusSeconds(random.nextInt(3));
            switch (random.nextInt(16)) {
                case 0, 1, 2, 3, 4 -> put(peer, PeerState.ACTIVE);
                case 5 -> put(peer, random.nextInt(4) == 0 ? PeerState.REVOKED : PeerState.LEAVING);
                case 6, 7, 8 -> reached(peer);
                case 9, 10 -> failed(peer);
                case 11 -> book.heardAgain(peer, source(), random);
                case 12 -> {
                    boolean underWay = random.nextBoolean();
                    book.dialing(peer, underWay);
                    Expected expected = model.get(peer);
                    if (expected != null) {
                        expected.dialing = underWay;
                    }
                }
                case 13 -> book.postponed(peer, nanoTime, random);
                case 14 -> draw();
                default -> {
                    mayGo.add(peer);
                    book.forget(peer);
                    mayGo.clear();
                }
            }
        }

        private void put(PeerId peer, PeerState state) {
            Expected expected = model.get(peer);
            long chosen = state == PeerState.REVOKED ? -1 : random.nextInt(3) == 0 ? 1 : ++sequence;
            SignedPeerRecord record = record(peer, state, chosen);
            Source source = source();
            boolean wanted = book.wants(record, source);
            Taken taken = book.put(record, source, nanoTime);
            assertThat(taken != Taken.REFUSED).as("wants and put agree").isEqualTo(wanted);
            if (expected == null) {
                assertThat(taken).isNotEqualTo(Taken.CHANGED);
                if (taken == Taken.ADDED) {
                    assertThat(state).isNotEqualTo(PeerState.LEAVING);
                    model.put(peer, new Expected(record));
                    if (state == PeerState.REVOKED) {
                        expected(peer).status = PeerStatus.REVOKED;
                    }
                }
                return;
            }
            boolean newer = record.content().supersedes(expected.record.content());
            assertThat(taken).isEqualTo(newer ? Taken.CHANGED : Taken.REFUSED);
            if (newer) {
                change(expected, record, state);
            }
        }

        private void change(Expected expected, SignedPeerRecord record, PeerState state) {
            boolean back = expected.record.content().state() != PeerState.ACTIVE;
            expected.record = record;
            switch (state) {
                case ACTIVE -> {
                    if (back) {
                        expected.status = PeerStatus.UNKNOWN;
                        expected.failures = 0;
                    }
                }
                case LEAVING -> {
                    expected.status = PeerStatus.LEFT;
                    expected.failures = 0;
                }
                case REVOKED -> expected.status = PeerStatus.REVOKED;
            }
        }

        private void reached(PeerId peer) {
            Expected expected = model.get(peer);
            boolean news = book.reached(peer, now);
            assertThat(news).isEqualTo(expected != null && expected.status != PeerStatus.ONLINE);
            if (expected != null) {
                expected.verifiedAt = now;
                expected.failures = 0;
                if (expected.record.content().state() == PeerState.ACTIVE) {
                    expected.status = PeerStatus.ONLINE;
                }
            }
        }

        private void failed(PeerId peer) {
            Expected expected = model.get(peer);
            if (expected != null) {
                expected.failures++;
                if (expected.record.content().state() == PeerState.ACTIVE) {
                    expected.status = PeerStatus.OFFLINE;
                }
            }
            mayGo.add(peer);
            book.failed(peer, nanoTime, random);
            mayGo.clear();
        }

        private void draw() {
            PeerId outbound = book.selectOutbound(List.of(), List.of(), true, nanoTime, random);
            if (outbound != null) {
                assertThat(expected(outbound).verifiedAt).isNotNull();
                assertThat(Objects.requireNonNull(book.get(outbound)).tried()).isTrue();
            }
            PeerId feeler = book.selectFeeler(List.of(), nanoTime, random);
            if (feeler != null) {
                assertThat(Objects.requireNonNull(book.get(feeler)).tried()).isFalse();
                assertThat(expected(feeler).dialing).isFalse();
            }
            PeerId contested = book.contested(nanoTime);
            if (contested != null) {
                assertThat(Objects.requireNonNull(book.get(contested)).tried()).isTrue();
            }
        }

        void check() {
            assertThat(book.size()).isEqualTo(model.size());
            int tried = 0;
            Set<PeerId> seen = new HashSet<>();
            for (BookEntry entry : book.entries()) {
                assertThat(seen.add(entry.id())).isTrue();
                Expected expected = expected(entry.id());
                assertThat(entry.record()).isEqualTo(expected.record);
                assertThat(entry.status()).isEqualTo(expected.status);
                assertThat(entry.failures()).isEqualTo(expected.failures);
                assertThat(entry.dialing()).isEqualTo(expected.dialing);
                assertThat(entry.verifiedAt()).isEqualTo(expected.verifiedAt);
                int[] buckets = book.bucketsOf(entry.id());
                assertThat(buckets).doesNotHaveDuplicates();
                if (entry.tried()) {
                    tried++;
                    assertThat(expected.verifiedAt).isNotNull();
                    assertThat(buckets).containsExactly(16);
                } else if (entry.status() == PeerStatus.REVOKED) {
                    assertThat(buckets).isEmpty();
                } else {
                    assertThat(buckets.length).isBetween(1, 4);
                    for (int bucket : buckets) {
                        assertThat(bucket).isBetween(0, 15);
                    }
                }
            }
            assertThat(book.tried()).isEqualTo(tried).isLessThanOrEqualTo(64);
            assertThat(peers.stream().filter(book::contains).toList()).hasSize(model.size());
        }

        void expire() {
            now = now.plus(Duration.ofHours(30));
            int before = book.size();
            assertThat(book.expire(now)).isEqualTo(before - book.size());
            assertThat(model.values()).allMatch(expected -> expected.dialing || expected.status == PeerStatus.REVOKED);
            check();
        }

        private Expected expected(PeerId peer) {
            return Objects.requireNonNull(model.get(peer));
        }

        private Source source() {
            return sources.get(random.nextInt(sources.size()));
        }

        private SignedPeerRecord record(PeerId peer, PeerState state, long number) {
            return number > 1
                    ? strangers.record(peer, state, number)
                    : templates
                            .computeIfAbsent(state.hashCode(), s -> strangers.template(state, number))
                            .of(peer);
        }
    }

    @Test
    void anySequenceOfOperationsKeepsTheRules() {
        Random random = TestSeed.random("AddressBookModelTest");
        for (int round = 0; round < 3; round++) {
            Walk walk = new Walk(random, 200 << (2 * round));
            for (int i = 0; i < 6000; i++) {
                walk.step();
                if (i % 300 == 0) {
                    walk.check();
                }
            }
            walk.check();
            walk.expire();
        }
    }

    /** The digest was made on JDK 17; it is the same on each. */
    @Test
    void theSameSeedMakesTheSameBookEverywhere() throws NoSuchAlgorithmException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Random random = new Random(42);
        AddressBook book = new AddressBook(
                PeerId.of(new byte[32]),
                BookShape.DEFAULT,
                BookState.fresh(random),
                0,
                gone -> digest.update(gone.toBytes()));
        Strangers strangers = new Strangers(random, START);
        SignedPeerRecord[] records = strangers.records(3000);
        for (int i = 0; i < records.length; i++) {
            book.put(records[i], Source.seed("seed" + i % 7), i);
            if (i % 3 == 0) {
                book.reached(records[random.nextInt(i + 1)].peer(), START);
            }
            if (i % 5 == 0) {
                book.failed(records[random.nextInt(i + 1)].peer(), i, random);
            }
            book.heardAgain(records[random.nextInt(i + 1)].peer(), Source.seed("again" + i), random);
        }
        for (int i = 0; i < 100; i++) {
            digest.update(Objects.requireNonNull(book.selectOutbound(List.of(), List.of(), true, 1L << 40, random))
                    .toBytes());
            digest.update(Objects.requireNonNull(book.selectFeeler(List.of(), 1L << 40, random))
                    .toBytes());
        }
        book.sample(new Told(), 128, false, null, START, 0, random)
                .forEach(record -> digest.update(record.peer().toBytes()));
        for (BookEntry entry : book.entries()) {
            digest.update(entry.id().toBytes());
            for (int bucket : book.bucketsOf(entry.id())) {
                digest.update((byte) bucket);
            }
        }
        assertThat(HexFormat.of().formatHex(digest.digest()))
                .isEqualTo("8a0b8a1fe0ac5970ab70ce0ae5f504d03c4569b8be5373f0b37607e0355be8ed");
    }
}
