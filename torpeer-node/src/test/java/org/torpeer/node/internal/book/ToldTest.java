package org.torpeer.node.internal.book;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.testkit.TestSeed;

/** What a young book tells one who asks again. */
class ToldTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final Random random = TestSeed.random("ToldTest");
    private final Strangers strangers = new Strangers(random, NOW);
    private final AddressBook book = book(BookShape.DEFAULT);

    @Test
    void nothingIsToldTwiceUntilAllIsTold() {
        Set<PeerId> there = new HashSet<>(reached(book, 300));
        Told told = new Told();
        List<PeerId> heard = new ArrayList<>();
        for (int expected : List.of(128, 128, 44, 0, 0)) {
            List<PeerId> reply = ask(told, 128);
            assertThat(reply).hasSize(expected);
            heard.addAll(reply);
        }
        assertThat(heard).doesNotHaveDuplicates().hasSameElementsAs(there);
    }

    @Test
    void whatASmallBookHasIsToldAtOnceInAnyOrder() {
        List<PeerId> there = reached(book, 128);
        List<PeerId> reply = ask(new Told(), 128);
        assertThat(reply).containsExactlyInAnyOrderElementsOf(there).isNotEqualTo(there);
        assertThat(ask(new Told(), 128))
                .as("another session")
                .containsExactlyInAnyOrderElementsOf(there)
                .isNotEqualTo(reply);
    }

    @Test
    void whoCameSinceIsToldNext() {
        Told told = new Told();
        assertThat(ask(told, 128)).isEmpty();
        List<PeerId> first = reached(book, 90);
        List<PeerId> heard = new ArrayList<>(ask(told, 60));
        List<PeerId> second = reached(book, 5);
        List<PeerId> reply = ask(told, 60);
        assertThat(reply).hasSize(35).containsAll(second);
        heard.addAll(reply);
        assertThat(heard).doesNotHaveDuplicates().containsAll(first);
        List<PeerId> third = reached(book, 1);
        assertThat(ask(told, 60)).isEqualTo(third);
        assertThat(ask(told, 60)).isEmpty();
    }

    @Test
    void newcomersComeBeforeThoseThatWereThere() {
        List<PeerId> there = reached(book, 200);
        Told told = new Told();
        RandomGenerator startsAt112 = () -> 1L << 62;
        List<PeerId> heard = new ArrayList<>(ids(book.sample(told, 100, false, null, NOW, 0, startsAt112)));
        assertThat(heard).containsAll(there.subList(112, 200)).containsAll(there.subList(0, 12));
        for (int round = 0; round < 10; round++) {
            List<PeerId> since = reached(book, 3);
            assertThat(ask(told, 3)).containsExactlyInAnyOrderElementsOf(since);
            heard.addAll(ask(told, 10));
        }
        assertThat(heard).doesNotHaveDuplicates().hasSameElementsAs(there);
    }

    @Test
    void afterHalfAnHourAllIsToldAgainWithTheNewestRecords() {
        List<PeerId> there = reached(book, 20);
        Told told = new Told();
        ask(told, 128);
        book.put(strangers.record(there.get(3), PeerState.ACTIVE, 7), Source.seed("seed"), 0);
        long half = Duration.ofMinutes(30).toNanos();
        assertThat(book.sample(told, 128, false, null, NOW, half - 1, random)).isEmpty();
        List<SignedPeerRecord> again = book.sample(told, 128, false, null, NOW, half, random);
        assertThat(ids(again)).containsExactlyInAnyOrderElementsOf(there);
        assertThat(again).anyMatch(record -> record.content().sequence() == 7);
        assertThat(book.sample(told, 128, false, null, NOW, 2 * half - 1, random))
                .isEmpty();
        assertThat(book.sample(told, 128, false, null, NOW, 2 * half, random)).hasSize(20);
    }

    @Test
    void nobodyIsToldOfMoreOftenThanOthers() {
        List<PeerId> there = reached(book, 40);
        int sessions = 20_000;
        Map<PeerId, Integer> first = new HashMap<>();
        Map<PeerId, Integer> second = new HashMap<>();
        for (int i = 0; i < sessions; i++) {
            Told told = new Told();
            ask(told, 7).forEach(peer -> first.merge(peer, 1, Integer::sum));
            ask(told, 7).forEach(peer -> second.merge(peer, 1, Integer::sum));
        }
        double share = 7.0 / 40;
        double deviation = Math.sqrt(sessions * share * (1 - share));
        for (Map<PeerId, Integer> counts : List.of(first, second)) {
            assertThat(counts.keySet()).hasSameElementsAs(there);
            assertThat(counts.values())
                    .allSatisfy(count -> assertThat((double) count)
                            .isBetween(sessions * share - 6 * deviation, sessions * share + 6 * deviation));
        }
    }

    @Test
    void theAskerAndThoseOfflineAreLeftOutAndOfflineOnesAreToldOnDemandEachTime() {
        List<PeerId> there = reached(book, 10);
        PeerId asker = there.get(0);
        PeerId gone = there.get(1);
        book.failed(gone, 0, random);
        Told told = new Told();
        assertThat(ids(book.sample(told, 128, false, asker, NOW, 0, random)))
                .containsExactlyInAnyOrderElementsOf(there.subList(2, 10));
        for (int i = 0; i < 3; i++) {
            assertThat(ids(book.sample(told, 128, true, asker, NOW, 0, random)))
                    .containsExactlyInAnyOrderElementsOf(there.subList(1, 10));
        }
    }

    @Test
    void routersTakeAQuarterAndAreToldOnWhereThereIsNobodyElse() {
        AddressBook routersOnly = book(BookShape.DEFAULT);
        Set<PeerId> routers = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            SignedPeerRecord router = strangers.router();
            for (AddressBook each : List.of(book, routersOnly)) {
                each.put(router, Source.peer(router.peer()), 0);
                each.reached(router.peer(), NOW);
            }
            routers.add(router.peer());
        }
        reached(book, 40);
        assertThat(ask(new Told(), 128))
                .hasSize(72)
                .filteredOn(routers::contains)
                .hasSize(32);

        Told told = new Told();
        Set<PeerId> heard = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            List<SignedPeerRecord> reply = routersOnly.sample(told, 128, false, null, NOW, 0, random);
            assertThat(reply).hasSize(32);
            heard.addAll(ids(reply));
        }
        assertThat(heard).isEqualTo(routers);
        assertThat(routersOnly.sample(new Told(), 1, false, null, NOW, 0, random))
                .hasSize(1);
    }

    @Test
    void aMatureBookSaysTheSameWhateverItTold() {
        AddressBook mature = book(new BookShape(256, 64, 16));
        reached(mature, 15);
        Told told = new Told();
        assertThat(mature.sample(told, 128, false, null, NOW, 0, random)).hasSize(15);
        reached(mature, 85);
        List<SignedPeerRecord> kept = mature.sample(new Told(), 128, false, null, NOW, 0, random);
        assertThat(kept).hasSize(64);
        for (int i = 0; i < 3; i++) {
            assertThat(mature.sample(told, 128, false, null, NOW, 0, random)).isEqualTo(kept);
        }
    }

    @Test
    void peersThatGoDoNotMatter() {
        AddressBook young = book(new BookShape(256, 64, 1000));
        List<PeerId> there = new ArrayList<>();
        List<Told> sessions = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sessions.add(new Told());
        }
        long nanoTime = 0;
        for (int step = 0; step < 20_000; step++) {
            boolean grows = step / 2_000 % 2 == 0;
            if (random.nextInt(10) < (grows ? 7 : 3)) {
                there.addAll(reached(young, 1));
            } else if (!there.isEmpty()) {
                PeerId gone = there.remove(random.nextInt(there.size()));
                young.forget(gone);
            }
            nanoTime += Duration.ofMillis(random.nextInt(1_000)).toNanos();
            int limit = 1 + random.nextInt(128);
            Told told = sessions.get(random.nextInt(sessions.size()));
            List<PeerId> reply = ids(young.sample(told, limit, false, null, NOW, nanoTime, random));
            assertThat(reply).hasSizeLessThanOrEqualTo(limit).doesNotHaveDuplicates();
            assertThat(new HashSet<>(there)).containsAll(reply);
        }
        long later = nanoTime + Told.REMEMBERED.toNanos();
        for (Told told : sessions) {
            List<PeerId> heard = new ArrayList<>();
            for (int i = 0; i * 128 <= there.size(); i++) {
                heard.addAll(ids(young.sample(told, 128, false, null, NOW, later, random)));
            }
            assertThat(heard).containsExactlyInAnyOrderElementsOf(there);
        }
    }

    private AddressBook book(BookShape shape) {
        return new AddressBook(strangers.id(), shape, BookState.fresh(random), 0, gone -> {});
    }

    private List<PeerId> reached(AddressBook into, int count) {
        List<PeerId> peers = new ArrayList<>();
        for (SignedPeerRecord record : strangers.records(count)) {
            into.put(record, Source.peer(record.peer()), 0);
            into.reached(record.peer(), NOW);
            peers.add(record.peer());
        }
        return peers;
    }

    private List<PeerId> ask(Told told, int limit) {
        return ids(book.sample(told, limit, false, null, NOW, 0, random));
    }

    private static List<PeerId> ids(List<SignedPeerRecord> records) {
        return records.stream().map(SignedPeerRecord::peer).toList();
    }
}
