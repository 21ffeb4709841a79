package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.book.AddressBook.Taken;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class AddressBookTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** Mature with 16 peers. */
    private static final BookShape SMALL = new BookShape(256, 64, 16);

    private static final long LATER = Duration.ofDays(1).toNanos();

    private final Random random = TestSeed.random("AddressBookTest");
    private final Strangers strangers = new Strangers(random, NOW);
    private final PeerId self = strangers.id();
    private final List<PeerId> removed = new ArrayList<>();
    private final AddressBook book = book(BookShape.DEFAULT);

    @Test
    void whatWeOnlyHeardOfIsDialedAndNeitherConnectedWithNorHandedOut() {
        PeerId peer = heardOf(book);
        assertThat(book.selectFeeler(List.of(), 0, random)).isEqualTo(peer);
        assertThat(book.selectOutbound(List.of(), List.of(), true, 0, random)).isNull();
        assertThat(sample(book, 10)).isEmpty();
        assertThat(book.untried(peer)).isTrue();

        assertThat(book.reached(peer, NOW)).isTrue();
        assertThat(book.reached(peer, NOW)).as("it was online already").isFalse();
        assertThat(book.selectFeeler(List.of(), 0, random)).isNull();
        assertThat(book.selectOutbound(List.of(), List.of(), true, 0, random)).isEqualTo(peer);
        assertThat(sample(book, 10)).containsExactly(entry(peer).record());
        assertThat(entry(peer).verifiedAt()).isEqualTo(NOW);
        assertThat(book.sample(new Told(), 10, false, peer, NOW, 0, random))
                .as("not to itself")
                .isEmpty();
        assertThat(book.sample(new Told(), 10, false, null, NOW.plus(Duration.ofHours(24)), 0, random))
                .as("expired")
                .isEmpty();
    }

    @Test
    void theBytesThatWereSignedAreKept() {
        TestIdentities identities = new TestIdentities(random, NOW);
        SignedPeerRecord genuine = identities.record(identities.key());
        book.put(genuine, Source.seed("seed"), 0);
        assertThat(entry(genuine.peer()).record()).isEqualTo(genuine);
        assertThat(entry(genuine.peer()).record().content()).isEqualTo(genuine.content());
    }

    @Test
    void onlyAHigherSequenceReplaces() {
        PeerId peer = heardOf(book);
        Source source = Source.seed("other");
        assertThat(book.wants(strangers.record(peer, PeerState.ACTIVE, 1), source))
                .isFalse();
        SignedPeerRecord higher = strangers.record(peer, PeerState.ACTIVE, -5);
        assertThat(book.wants(higher, source)).isTrue();
        assertThat(book.put(higher, source, 0)).isEqualTo(Taken.CHANGED);
        assertThat(book.put(strangers.record(peer, PeerState.ACTIVE, Long.MAX_VALUE), source, 0))
                .as("sequences are unsigned")
                .isEqualTo(Taken.REFUSED);
        assertThat(entry(peer).record()).isEqualTo(higher);
    }

    @Test
    void ofManyRecordsThoseAreHeldThatOneByOneAreHeld() {
        List<SignedPeerRecord> records = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            records.add(strangers.record(strangers.id(), PeerState.ACTIVE, 5));
            if (random.nextBoolean()) {
                book.put(records.get(i), Source.peer(strangers.id()), 0);
            }
            int from = random.nextInt(i + 1);
            List<SignedPeerRecord> some = records.subList(from, Math.min(i + 1, from + 128));
            int[] one = IntStream.range(0, some.size())
                    .filter(each -> book.holds(some.get(each)))
                    .toArray();
            assertThat(book.held(some).stream().toArray()).isEqualTo(one);
        }
        assertThat(book.size()).isGreaterThan(200);
        assertThat(book.held(List.of()).isEmpty()).isTrue();
    }

    @Test
    void aBookHoldsWhatIsNotNewAndHasOnlyTheVeryRecord() {
        SignedPeerRecord record = strangers.record(strangers.id(), PeerState.ACTIVE, 5);
        assertThat(book.holds(record)).isFalse();
        assertThat(book.has(record)).isFalse();
        book.put(record, Source.LISTS, 0);
        assertThat(book.holds(record)).isTrue();
        assertThat(book.has(record)).isTrue();

        SignedPeerRecord older = strangers.record(record.peer(), PeerState.ACTIVE, 4);
        assertThat(book.holds(older)).isTrue();
        assertThat(book.has(older)).isFalse();
        SignedPeerRecord newer = strangers.record(record.peer(), PeerState.ACTIVE, 6);
        assertThat(book.holds(newer)).isFalse();
        assertThat(book.held(List.of(newer, older, record)).stream()).containsExactly(1, 2);
        assertThat(book.has(newer)).isFalse();
        byte[] signature = record.signature();
        signature[random.nextInt(signature.length)]++;
        assertThat(book.has(new SignedPeerRecord(record.content(), record.payload(), signature)))
                .as("signed by somebody else")
                .isFalse();
        assertThat(book.has(strangers.record(record.peer(), PeerState.LEAVING, 5)))
                .as("of the same sequence")
                .isFalse();
    }

    @Test
    void aBookOfSharedRecordsTellsThemApartToo() {
        AddressBook sharing = book(BookShape.DEFAULT.sharing());
        SignedPeerRecord record = strangers.record();
        sharing.put(record, Source.LISTS, 0);
        byte[] signature = record.signature();
        signature[0]++;
        assertThat(sharing.has(record)).isTrue();
        assertThat(sharing.has(new SignedPeerRecord(record.content(), record.payload(), signature)))
                .isFalse();
    }

    @Test
    void whatWasGivenUpIsNeitherHeldNorHad() {
        PeerId peer = reachedPeer(book);
        SignedPeerRecord active = entry(peer).record();
        SignedPeerRecord certificate = strangers.record(peer, PeerState.REVOKED, -1);
        assertThat(book.holds(certificate)).as("it is news").isFalse();
        book.put(certificate, Source.LISTS, 0);
        assertThat(book.holds(active)).isFalse();
        assertThat(book.has(active)).isFalse();
        assertThat(book.holds(certificate)).isFalse();
        assertThat(book.has(certificate)).isFalse();
    }

    @Test
    void whoToldOfItselfIsTalkedOfOnce() {
        PeerId peer = heardOf(book);
        book.heardAgain(peer, Source.peer(peer), random);
        book.reached(peer, NOW);
        assertThat(book.talkOf(peer)).isTrue();
        assertThat(book.talkOf(peer)).isFalse();
        put(peer, PeerState.ACTIVE, 2);
        book.failed(peer, 0, random);
        book.reached(peer, NOW);
        assertThat(book.talkOf(peer)).as("whatever happened since").isFalse();
        assertThat(book.talkOf(strangers.id())).as("who is not known").isFalse();
    }

    @Test
    void ofWhomOthersToldNobodyNeedTalk() {
        SignedPeerRecord hearsay = strangers.record();
        book.put(hearsay, Source.peer(strangers.id()), 0);
        assertThat(book.talkOf(hearsay.peer())).isFalse();
        PeerId both = heardOf(book);
        book.heardAgain(both, Source.peer(strangers.id()), random);
        assertThat(book.talkOf(both)).isFalse();
        PeerId kept = heardOf(book);
        AddressBook restarted = new AddressBook(self, BookShape.DEFAULT, book.state(), 0, removed::add);
        restarted.restore(Objects.requireNonNull(book.stored(kept)), 0, random);
        assertThat(restarted.contains(kept)).isTrue();
        assertThat(restarted.talkOf(kept))
                .as("as far as the run before is known")
                .isFalse();
    }

    @Test
    void thereIsPlentyToDialWhenTwiceAsManyAsMakeABookMatureWereOnlyHeardOf() {
        AddressBook small = book(new BookShape(16, 16, 4));
        for (int i = 0; i < 7; i++) {
            reachedPeer(small);
            heardOf(small);
            assertThat(small.plenty()).isFalse();
        }
        PeerId eighth = heardOf(small);
        assertThat(small.plenty()).isTrue();
        small.reached(eighth, NOW);
        assertThat(small.plenty()).isFalse();
        small.put(strangers.record(strangers.id(), PeerState.REVOKED, -1), Source.LISTS, 0);
        assertThat(small.plenty()).as("a revocation is nobody to dial").isFalse();
    }

    @Test
    void ourselvesAndWhoLeavesUnknownAreNotEntered() {
        Source source = Source.seed("seed");
        for (SignedPeerRecord useless : List.of(
                strangers.record(self, PeerState.ACTIVE, 1), strangers.record(strangers.id(), PeerState.LEAVING, 1))) {
            assertThat(book.wants(useless, source)).isFalse();
            assertThat(book.put(useless, source, 0)).isEqualTo(Taken.REFUSED);
        }
        assertThat(book.size()).isZero();
    }

    @Test
    void whoLeftIsNotDialedUntilItComesBack() {
        PeerId peer = reachedPeer(book);
        put(peer, PeerState.LEAVING, 2);
        assertThat(book.status(peer)).isEqualTo(PeerStatus.LEFT);
        assertThat(book.selectOutbound(List.of(), List.of(), true, LATER, random))
                .isNull();
        assertThat(book.selectProbe(NOW.plusSeconds(1), LATER, random)).isNull();
        assertThat(book.sample(new Told(), 10, true, null, NOW, 0, random)).isEmpty();
        put(peer, PeerState.ACTIVE, 3);
        assertThat(book.status(peer)).isEqualTo(PeerStatus.UNKNOWN);
        assertThat(book.selectOutbound(List.of(), List.of(), true, 0, random)).isEqualTo(peer);
    }

    @Test
    void whoMovedIsHandedOutOnlyAfterItWasReachedThere() {
        TestIdentities identities = new TestIdentities(random, NOW);
        SeedKey key = identities.key();
        book.put(identities.record(key), Source.seed("seed"), 0);
        book.reached(key.id(), NOW);
        book.put(identities.record(key, record -> at(record, 80)), Source.seed("seed"), 0);
        assertThat(entry(key.id()).verifiedAt()).isNull();
        assertThat(sample(book, 10)).isEmpty();
        book.reached(key.id(), NOW);
        assertThat(sample(book, 10)).hasSize(1);
    }

    @Test
    void aRevocationOutlivesItsExpiryAndBeatsAnySuccessor() {
        PeerId peer = reachedPeer(book);
        put(peer, PeerState.REVOKED, -1);
        assertThat(book.status(peer)).isEqualTo(PeerStatus.REVOKED);
        assertThat(book.tried()).isZero();
        assertThat(book.bucketsOf(peer)).as("it takes nobody's place").isEmpty();
        assertThat(book.expire(NOW.plus(Duration.ofDays(1000)))).isZero();
        assertThat(book.wants(strangers.record(peer, PeerState.ACTIVE, -2), Source.peer(peer)))
                .isFalse();
        assertThat(book.reached(peer, NOW)).isTrue();
        assertThat(book.status(peer)).isEqualTo(PeerStatus.REVOKED);
    }

    @Test
    void aRevocationOfAPeerNotKnownIsKept() {
        SignedPeerRecord certificate = strangers.record(strangers.id(), PeerState.REVOKED, -1);
        assertThat(book.wants(certificate, Source.LISTS)).isTrue();
        assertThat(book.put(certificate, Source.LISTS, 0)).isEqualTo(Taken.ADDED);
        assertThat(book.revocation(certificate.peer())).isEqualTo(certificate);
        assertThat(book.wants(certificate, Source.LISTS)).isFalse();
        assertThat(book.put(strangers.record(certificate.peer(), PeerState.ACTIVE, -2), Source.LISTS, 0))
                .isEqualTo(Taken.REFUSED);
    }

    @Test
    void whoIsConnectedIsNotDrawnAgainWhoeverDialed() {
        PeerId one = reachedPeer(book);
        PeerId other = reachedPeer(book);
        assertThat(book.selectOutbound(List.of(), List.of(one), true, 0, random))
                .isEqualTo(other);
        assertThat(book.selectOutbound(List.of(one), List.of(other), true, 0, random))
                .isNull();
    }

    @Test
    void theNextMomentIsThatOfTheFirstWhoIsDue() {
        assertThat(book.untilNextDue(true, 0)).isEqualTo(AddressBook.NEVER);
        PeerId failing = reachedPeer(book);
        PeerId ended = reachedPeer(book);
        for (int i = 0; i < 5; i++) {
            book.failed(failing, 0, random);
        }
        book.postponed(ended, 0, random);
        Duration first = book.untilNextDue(true, 0);
        assertThat(first)
                .isEqualTo(book.untilNextDue(false, 0))
                .isBetween(Duration.ofSeconds(2), Duration.ofSeconds(8));
        assertThat(book.due(ended, first.toNanos() - 1)).isFalse();
        assertThat(book.due(ended, first.toNanos())).isTrue();
        assertThat(book.untilNextDue(false, seconds(10))).isEqualTo(AddressBook.NEVER);
        assertThat(book.untilNextDue(true, seconds(10))).isGreaterThan(Duration.ofSeconds(20));
    }

    @Test
    void onlyWhoWasReachedIsReplaced() {
        PeerId hearsay = heardOf(book);
        put(hearsay, PeerState.LEAVING, 2);
        assertThat(book.replaced(hearsay)).isFalse();
        PeerId peer = reachedPeer(book);
        assertThat(book.replaced(peer)).as("it did not leave").isFalse();
        book.failed(peer, 0, random);
        put(peer, PeerState.LEAVING, 2);
        assertThat(book.rested(peer, 0))
                .as("whom it handed over to is dialed at once")
                .isTrue();
        assertThat(book.due(peer, 0)).isFalse();
        assertThat(book.replaced(peer)).isTrue();
        assertThat(book.status(peer)).isEqualTo(PeerStatus.REPLACED);
        assertThat(book.replaced(peer)).as("once").isFalse();
        assertThat(sample(book, 10)).isEmpty();
    }

    @Test
    void whatNobodyCanBeBlamedForIsPardoned() {
        PeerId peer = reachedPeer(book);
        book.failed(peer, 0, random);
        for (int i = 0; i < 20; i++) {
            assertThat(book.missed(peer, 0, random)).isEqualTo(i + 1);
        }
        assertThat(book.due(peer, seconds(60))).isFalse();
        book.pardon(peer, 1, 0, random);
        assertThat(entry(peer).failures()).isEqualTo(1);
        assertThat(book.due(peer, seconds(60))).isTrue();
        book.reached(peer, NOW);
        book.pardon(peer, 1, 0, random);
        assertThat(entry(peer).failures()).isZero();
    }

    @Test
    void revocationsAreBoundedAndThoseOfPeersWeReachedStay() {
        List<PeerId> real = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PeerId peer = reachedPeer(book);
            put(peer, PeerState.REVOKED, -1);
            real.add(peer);
        }
        for (int i = 0; i < 3 * AddressBook.MAX_REVOKED; i++) {
            PeerId junk = heardOf(book);
            put(junk, PeerState.REVOKED, -1);
        }
        assertThat(book.size()).isEqualTo(AddressBook.MAX_REVOKED);
        assertThat(real).allMatch(book::contains);
    }

    @Test
    void aFailedPeerIsTriedAgainLaterAndLater() {
        PeerId peer = reachedPeer(book);
        long now = 0;
        List<Long> pauses = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            book.failed(peer, now, random);
            long pause = pauseUntilDue(now);
            pauses.add(pause);
            now += pause;
        }
        assertThat(book.status(peer)).isEqualTo(PeerStatus.OFFLINE);
        assertThat(entry(peer).failures()).isEqualTo(40);
        assertThat(pauses.get(0)).isBetween(seconds(2), seconds(9));
        assertThat(pauses.get(6)).isBetween(seconds(160), seconds(481));
        assertThat(pauses.subList(12, 40)).allMatch(pause -> pause >= seconds(1800) && pause <= seconds(5401));
        assertThat(new HashSet<>(pauses)).as("jitter").hasSizeGreaterThan(30);
    }

    @Test
    void aFailureThatIsNotThePeersOwnCountsAgainstNobody() {
        PeerId peer = reachedPeer(book);
        BookEntry before = entry(peer);
        for (int i = 0; i < 1000; i++) {
            book.postponed(peer, 0, random);
        }
        assertThat(entry(peer)).isEqualTo(before);
        assertThat(book.selectOutbound(List.of(), List.of(), true, 0, random)).isNull();
        assertThat(book.selectOutbound(List.of(), List.of(), true, seconds(9), random))
                .isEqualTo(peer);
    }

    @Test
    void offlinePeersAreKeptAndHandedOutWhenAskedFor() {
        PeerId there = reachedPeer(book);
        PeerId gone = reachedPeer(book);
        book.failed(gone, 0, random);
        assertThat(ids(sample(book, 10))).containsExactly(there);
        assertThat(ids(book.sample(new Told(), 10, true, null, NOW, 0, random))).containsExactlyInAnyOrder(there, gone);
    }

    @Test
    void expiredPeersAreDroppedUnlessADialIsUnderWay() {
        PeerId idle = heardOf(book);
        PeerId reached = reachedPeer(book);
        PeerId dialed = heardOf(book);
        book.dialing(dialed, true);
        Instant end = NOW.plus(Duration.ofHours(24));
        assertThat(book.expire(end.minusSeconds(1))).isZero();
        assertThat(book.expire(end)).isEqualTo(2);
        assertThat(removed).containsExactlyInAnyOrder(idle, reached);
        book.dialing(dialed, false);
        assertThat(book.expire(end)).isEqualTo(1);
        assertThat(book.size()).isZero();
    }

    @Test
    void whoIsBeingDialedIsNotDrawn() {
        PeerId heard = heardOf(book);
        PeerId tried = reachedPeer(book);
        book.dialing(heard, true);
        book.dialing(tried, true);
        assertThat(book.selectFeeler(List.of(), LATER, random)).isNull();
        assertThat(book.selectOutbound(List.of(), List.of(), true, LATER, random))
                .isNull();
        assertThat(book.selectProbe(NOW.plusSeconds(1), LATER, random)).isNull();
        book.dialing(tried, false);
        assertThat(book.selectProbe(NOW.plusSeconds(1), LATER, random)).isEqualTo(tried);
        assertThat(book.selectProbe(NOW, LATER, random)).as("reached lately").isNull();
    }

    @Test
    void outboundPeersAreDrawnEvenly() {
        int peers = 50;
        Map<PeerId, Integer> drawn = new HashMap<>();
        for (int i = 0; i < peers; i++) {
            drawn.put(reachedPeer(book), 0);
        }
        // Most of them cannot be had, so that both ways of drawing are taken.
        for (int i = 0; i < 1000; i++) {
            book.failed(reachedPeer(book), 0, random);
        }
        int draws = 50_000;
        for (int i = 0; i < draws; i++) {
            drawn.merge(
                    Objects.requireNonNull(book.selectOutbound(List.of(), List.of(), true, 0, random)),
                    1,
                    Integer::sum);
        }
        assertThat(drawn).hasSize(peers);
        double expected = (double) draws / peers;
        double chiSquare = drawn.values().stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
        // 49 degrees of freedom: above 113 once in a million runs, below 16 as seldom.
        assertThat(chiSquare).isBetween(16.0, 113.0);
    }

    @Test
    void aPeerInFourBucketsIsDrawnNoMoreOftenThanAnother() {
        PeerId loud = heardOf(book);
        for (int i = 0; i < 1000; i++) {
            book.heardAgain(loud, Source.peer(strangers.id()), random);
        }
        assertThat(book.bucketsOf(loud)).hasSize(BookShape.BUCKETS_PER_PEER).doesNotHaveDuplicates();
        for (int i = 0; i < 9; i++) {
            heardOf(book);
        }
        int hits = 0;
        for (int i = 0; i < 10_000; i++) {
            hits += Objects.equals(book.selectFeeler(List.of(), 0, random), loud) ? 1 : 0;
        }
        // 1,000 expected with a deviation of 30.
        assertThat(hits).isBetween(820, 1180);
    }

    @Test
    void atMostTwoConnectionsComeFromOneIntroducer() {
        Source talkative = Source.peer(strangers.id());
        for (int i = 0; i < BookShape.DEFAULT.mature(); i++) {
            reachedFrom(book, talkative);
        }
        PeerId other = reachedPeer(book);
        Set<PeerId> outbound = new HashSet<>();
        for (PeerId next = book.selectOutbound(outbound, List.of(), true, 0, random);
                next != null;
                next = book.selectOutbound(outbound, List.of(), true, 0, random)) {
            assertThat(outbound.add(next)).isTrue();
        }
        assertThat(outbound).hasSize(3).contains(other);
    }

    @Test
    void whoCouldNotBeConnectedWithIsNotLookedAtForThat() {
        Source talkative = Source.peer(strangers.id());
        List<PeerId> outbound = List.of(reachedFrom(book, talkative), reachedFrom(book, talkative));
        for (int i = 0; i < 50; i++) {
            book.put(strangers.record(), talkative, 0);
        }
        assertThat(book.selectFeeler(List.of(), 0, random)).isNotNull();
        assertThat(book.selectFeeler(outbound.subList(0, 1), 0, random)).isNotNull();
        assertThat(book.selectFeeler(outbound, 0, random)).isNull();
        PeerId other = heardOf(book);
        assertThat(book.selectFeeler(outbound, 0, random)).isEqualTo(other);
    }

    @Test
    void aYoungBookWithOneSeedConnectsWithAllOfThem() {
        Source seed = Source.seed("example.onion");
        for (int i = 0; i < 8; i++) {
            reachedFrom(book, seed);
        }
        Set<PeerId> outbound = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            outbound.add(Objects.requireNonNull(book.selectOutbound(outbound, List.of(), true, 0, random)));
        }
        assertThat(outbound).hasSize(8);
        assertThat(book.selectOutbound(outbound, List.of(), true, 0, random)).isNull();
    }

    @Test
    void whoComesItselfIsItsOwnIntroducer() {
        Source talkative = Source.peer(strangers.id());
        List<PeerId> peers = new ArrayList<>();
        for (int i = 0; i < BookShape.DEFAULT.mature(); i++) {
            peers.add(reachedFrom(book, talkative));
        }
        for (PeerId peer : peers.subList(0, 20)) {
            book.heardAgain(peer, Source.peer(peer), random);
        }
        Set<PeerId> outbound = new HashSet<>();
        for (PeerId next = book.selectOutbound(outbound, List.of(), true, 0, random);
                next != null;
                next = book.selectOutbound(outbound, List.of(), true, 0, random)) {
            outbound.add(next);
        }
        assertThat(outbound).hasSize(22);
    }

    @Test
    void aYoungBookIsHandedOutWhole() {
        Set<PeerId> all = new HashSet<>();
        for (int i = 0; i < 300; i++) {
            all.add(reachedPeer(book));
        }
        List<PeerId> first = ids(sample(book, 1000));
        assertThat(first).hasSize(300).containsExactlyInAnyOrderElementsOf(all);
        assertThat(ids(sample(book, 1000))).as("in another order").isNotEqualTo(first);
        assertThat(sample(book, 128)).hasSize(128);
    }

    @Test
    void aGrownBookGivesTheSamePartOfItAllDay() {
        for (int i = 0; i < 540; i++) {
            reachedPeer(book);
        }
        List<PeerId> first = ids(sample(book, 1000));
        assertThat(first).hasSize(540 * 23 / 100).doesNotHaveDuplicates();
        Set<PeerId> learned = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            reachedPeer(book);
            learned.addAll(ids(book.sample(new Told(), 128, false, strangers.id(), NOW, i * seconds(60), random)));
        }
        assertThat(learned).hasSameElementsAs(first);
        assertThat(ids(book.sample(new Told(), 5, false, null, NOW, 0, random))).isEqualTo(first.subList(0, 5));

        assertThat(ids(book.sample(new Told(), 128, false, null, NOW, seconds(21 * 3600 - 1), random)))
                .isEqualTo(first);
        List<PeerId> next = ids(book.sample(new Told(), 1000, false, null, NOW, seconds(27 * 3600), random));
        assertThat(next).isNotEqualTo(first).hasSize(128);
    }

    @Test
    void aSmallBookGivesAllItHasUntilThatIs64AndThenTheSameAllDay() {
        AddressBook small = book(SMALL);
        Set<PeerId> there = new HashSet<>();
        List<PeerId> before = List.of();
        for (int i = 0; i < 64; i++) {
            there.add(reachedPeer(small));
            if (!small.young()) {
                List<PeerId> now = ids(sample(small, 128));
                assertThat(now).containsExactlyInAnyOrderElementsOf(there);
                assertThat(now.subList(0, before.size())).isEqualTo(before);
                before = now;
            }
        }
        for (int i = 0; i < 500; i++) {
            reachedPeer(small);
            assertThat(ids(small.sample(new Told(), 128, false, null, NOW, seconds(i * 60), random)))
                    .isEqualTo(before);
        }
        List<PeerId> next = ids(small.sample(new Told(), 128, false, null, NOW, LATER + seconds(3 * 3600), random));
        assertThat(next).hasSize(128).isNotEqualTo(before);
    }

    @Test
    void aSmallBookTellsOfWhoIsBackAndOfflineOnesOnlyOnDemand() {
        AddressBook small = book(SMALL);
        for (int i = 0; i < 20; i++) {
            reachedPeer(small);
        }
        PeerId gone = reachedPeer(small);
        small.failed(gone, 0, random);
        assertThat(ids(sample(small, 128))).hasSize(20).doesNotContain(gone);
        assertThat(ids(small.sample(new Told(), 128, true, null, NOW, 0, random)))
                .hasSize(21)
                .contains(gone);
        small.reached(gone, NOW);
        assertThat(ids(sample(small, 128))).hasSize(21).endsWith(gone);
    }

    @Test
    void whatASmallBookGaveIsLessWhenPeersAreGoneAndNobodyTakesTheirPart() {
        AddressBook small = book(SMALL);
        for (int i = 0; i < 64; i++) {
            reachedPeer(small);
        }
        List<PeerId> first = ids(sample(small, 128));
        first.subList(0, 10).forEach(small::forget);
        for (int i = 0; i < 10; i++) {
            reachedPeer(small);
        }
        assertThat(ids(sample(small, 128))).isEqualTo(first.subList(10, 64));
    }

    @Test
    void routersTakeAQuarterOfTheAnswerAtMost() {
        AddressBook small = book(SMALL);
        Set<PeerId> routers = new HashSet<>();
        for (int i = 0; i < 40; i++) {
            SignedPeerRecord router = strangers.router();
            small.put(router, Source.peer(router.peer()), 0);
            small.reached(router.peer(), NOW);
            routers.add(router.peer());
            reachedPeer(book);
            book.put(router, Source.peer(router.peer()), 0);
            book.reached(router.peer(), NOW);
        }
        assertThat(ids(sample(small, 128))).hasSize(16).allMatch(routers::contains);
        for (int i = 0; i < 100; i++) {
            reachedPeer(small);
        }
        assertThat(ids(sample(small, 128)))
                .hasSize(64)
                .filteredOn(routers::contains)
                .hasSize(16);

        assertThat(ids(sample(book, 128)))
                .as("young")
                .hasSize(72)
                .filteredOn(routers::contains)
                .hasSize(32);
        assertThat(ids(sample(book, 20))).filteredOn(routers::contains).hasSizeLessThanOrEqualTo(5);
    }

    @Test
    void whoKnowsRoutersOnlySpeaksOfThemEvenToOneWhoWantsOneRecord() {
        SignedPeerRecord router = strangers.router();
        book.put(router, Source.peer(router.peer()), 0);
        book.reached(router.peer(), NOW);
        assertThat(sample(book, 1)).containsExactly(router);
    }

    @Test
    void participantsCanBeDrawnBeforeRouters() {
        SignedPeerRecord router = strangers.router();
        book.put(router, Source.peer(router.peer()), 0);
        assertThat(book.selectFresh(true, false, 0, random)).isEqualTo(router.peer());
        assertThat(book.selectFresh(false, false, 0, random)).isNull();
        PeerId participant = heardOf(book);
        for (int i = 0; i < 50; i++) {
            assertThat(book.selectFresh(true, false, 0, random)).isEqualTo(participant);
        }
        book.reached(router.peer(), NOW);
        assertThat(book.selectParticipant(List.of(), List.of(), true, 0, random))
                .isNull();
        assertThat(book.selectOutbound(List.of(), List.of(), true, 0, random)).isEqualTo(router.peer());
        book.reached(participant, NOW);
        assertThat(book.selectParticipant(List.of(), List.of(), true, 0, random))
                .isEqualTo(participant);
    }

    @Test
    void aKeptReplyHasTheNewestRecordsAndNobodyWhoLeft() {
        for (int i = 0; i < 600; i++) {
            reachedPeer(book);
        }
        List<PeerId> first = ids(sample(book, 128));
        put(first.get(0), PeerState.ACTIVE, 9);
        put(first.get(1), PeerState.LEAVING, 9);
        put(first.get(2), PeerState.REVOKED, -1);
        book.forget(first.get(3));
        List<SignedPeerRecord> later = sample(book, 128);
        assertThat(later.get(0).content().sequence()).isEqualTo(9);
        assertThat(ids(later).subList(1, later.size())).isEqualTo(first.subList(4, first.size()));
    }

    @Test
    void aReplyIsDrawnEvenlyFromAFewThatFit() {
        List<PeerId> there = new ArrayList<>();
        for (int i = 0; i < 700; i++) {
            PeerId peer = reachedPeer(book);
            if (i % 50 == 0) {
                there.add(peer);
            } else {
                book.failed(peer, 0, random);
            }
        }
        assertThat(ids(sample(book, 128))).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void twoAnchorsAreKept() {
        PeerId first = reachedPeer(book);
        PeerId second = reachedPeer(book);
        book.keepAnchors(List.of(first, second, reachedPeer(book)));
        assertThat(book.anchors()).containsExactly(first, second);
        book.forget(first);
        assertThat(book.anchors()).containsExactly(second);
        assertThat(book.state().anchors()).containsExactly(first, second);
    }

    @Test
    void feelersComeTwoMinutesApartOnAverageAndUnpredictably() {
        int count = 20_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < count; i++) {
            double pause = AddressBook.feelerPause(random).toMillis() / 120_000.0;
            assertThat(pause).isBetween(0.0, 10.0);
            sum += pause;
            squares += pause * pause;
        }
        double mean = sum / count;
        assertThat(mean).isBetween(0.95, 1.05);
        assertThat(squares / count - mean * mean).as("variance of Exp(1)").isBetween(0.85, 1.15);
    }

    @Test
    void aShapeOutOfRangeIsRefused() {
        assertThatThrownBy(() -> new BookShape(8, 64)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new BookShape(300, 64)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new BookShape(256, 0)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> new BookShape(1 << 21, 1)).isInstanceOf(InvalidInputException.class);
    }

    private AddressBook book(BookShape shape) {
        return new AddressBook(self, shape, BookState.fresh(random), 0, removed::add);
    }

    /** Of somebody new, by a source of its own. */
    private PeerId heardOf(AddressBook into) {
        SignedPeerRecord record = strangers.record();
        assertThat(into.put(record, Source.peer(record.peer()), 0)).isEqualTo(Taken.ADDED);
        return record.peer();
    }

    private PeerId reachedPeer(AddressBook into) {
        PeerId peer = heardOf(into);
        into.reached(peer, NOW);
        return peer;
    }

    private PeerId reachedFrom(AddressBook into, Source source) {
        SignedPeerRecord record = strangers.record();
        assertThat(into.put(record, source, 0)).isEqualTo(Taken.ADDED);
        into.reached(record.peer(), NOW);
        return record.peer();
    }

    private void put(PeerId peer, PeerState state, long sequence) {
        assertThat(book.put(strangers.record(peer, state, sequence), Source.seed("seed"), 0))
                .isEqualTo(Taken.CHANGED);
    }

    private List<SignedPeerRecord> sample(AddressBook from, int limit) {
        return from.sample(new Told(), limit, false, null, NOW, 0, random);
    }

    private BookEntry entry(PeerId peer) {
        return Objects.requireNonNull(book.get(peer));
    }

    private long pauseUntilDue(long now) {
        long low = 0;
        long high = seconds(10_000);
        while (high - low > 1_000_000) {
            long middle = (low + high) / 2;
            if (book.selectOutbound(List.of(), List.of(), true, now + middle, random) == null) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static List<PeerId> ids(List<SignedPeerRecord> records) {
        return records.stream().map(SignedPeerRecord::peer).toList();
    }

    private static PeerRecord at(PeerRecord record, int port) {
        return new PeerRecord(
                new Endpoint(record.peer(), port),
                record.sequence() + 1,
                record.issued(),
                record.lifetime(),
                record.state(),
                record.role(),
                record.protocols(),
                record.proof(),
                record.attributes());
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
