package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.BookWorld.Dial;
import org.torpeer.node.internal.BookWorld.Machine;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.testkit.TestSeed;

/** What attackers and accidents do to a running node's address book; in virtual time. */
class BookThreatsTest {
    private static final BookShape SOON_MATURE = new BookShape(256, 64, 6);

    private final Random random = TestSeed.random("BookThreatsTest");

    @Test
    void aFloodFromOnePeerReachesSixteenBuckets() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> honest = world.joined(6);
        Machine victim = honest.get(3);
        world.run(Duration.ofMinutes(2));
        Set<SignedPeerRecord> bogus = new HashSet<>();
        for (int i = 0; i < 800; i++) {
            SignedPeerRecord record = world.dead();
            world.network.hang(record.peer());
            bogus.add(record);
        }
        // Claims to have reached them all, and hands out others each time.
        Machine flooder = world.machine().remembers(bogus.stream()).start(new BookShape(256, 64, Integer.MAX_VALUE));
        flooder.node().join(List.of(victim.endpoint()));
        world.run(Duration.ofHours(1));

        AddressBook book = victim.book();
        Set<Integer> touched = new HashSet<>();
        int heard = 0;
        for (SignedPeerRecord record : bogus) {
            heard += book.contains(record.peer()) ? 1 : 0;
            for (int bucket : book.bucketsOf(record.peer())) {
                touched.add(bucket);
            }
        }
        assertThat(heard).as("the flood arrived").isGreaterThan(50);
        assertThat(touched.size()).isBetween(8, BookShape.BUCKETS_PER_SOURCE);
        assertThat(touched).allMatch(bucket -> bucket < BookShape.DEFAULT.newBuckets());
        assertThat(honest.stream().filter(node -> node != victim))
                .allMatch(node -> book.isTried(node.id()) && book.status(node.id()) == PeerStatus.ONLINE);
    }

    @Test
    void twoHundredNodesThatHearOfOneDoNotAllDialIt() {
        BookWorld world = new BookWorld(random, SOON_MATURE);
        List<SignedPeerRecord> others =
                Stream.generate(world::dead).limit(SOON_MATURE.mature()).toList();
        List<Machine> nodes = Stream.generate(world::machine)
                .limit(200)
                .map(node -> node.remembers(others.stream()).start())
                .toList();
        assertThat(nodes.stream().filter(node -> node.book().young())).isEmpty();

        Machine newcomer = world.machine().start();
        Duration begin = world.time.elapsed();
        newcomer.node().join(nodes.stream().map(Machine::endpoint).toList());
        world.run(Duration.ofSeconds(30));
        assertThat(nodes.stream().filter(node -> node.book().contains(newcomer.id())))
                .as("heard of it")
                .hasSizeGreaterThan(190);
        long soon = dialsOf(world, newcomer, begin);
        world.run(Duration.ofSeconds(60));
        long later = dialsOf(world, newcomer, begin);
        long looked = world.dials.stream()
                .filter(dial -> dial.by() != newcomer.runtime && dial.failure() == null)
                .count();
        System.out.println("of 200 that heard of a newcomer, dialed it in 30 s: " + soon + ", in 90 s: " + later
                + "; looked whether somebody new is there: " + looked);
        // Each of them looks at somebody new every two minutes; the newcomer tells of the others, too.
        assertThat(soon).isLessThan(80);
        assertThat(later).isLessThan(140);
        assertThat(looked).isBetween(40L, 250L);
    }

    @Test
    void aDayWithNineOfTenDeadCostsAtMostADialInHalfAMinute() {
        BookWorld world = new BookWorld(random, new BookShape(256, 64, 30));
        List<Machine> live = Stream.generate(world::machine).limit(5).toList();
        Machine node = world.machine();
        List<SignedPeerRecord> alive = live.stream().map(world::lasting).toList();
        // Of many introducers: of one that two partners came from nobody else is dialed for a place.
        node.remembersOfMany(
                Stream.concat(alive.stream(), Stream.generate(world::dead).limit(45)));
        live.forEach(Machine::start);
        node.start();
        world.run(Duration.ofDays(1));
        long dials =
                world.dials.stream().filter(dial -> dial.by() == node.runtime).count();
        System.out.println("dials in a day, 45 of 50 dead: " + dials + "; events: " + world.time.events());
        // 720 to look who is there, each peer once at first, and one a minute as long as it has less than eight
        // partners.
        assertThat(dials).isBetween(720L, 2600L);
        assertThat(node.node().peers().stream().filter(peer -> peer.connected()).count())
                .isEqualTo(5);
    }

    @Test
    void aNodeAloneWithABigBookDoesNextToNothing() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        Machine node = world.machine()
                .remembers(Stream.generate(world::dead).limit(600))
                .start();
        assertThat(node.book().young()).isFalse();
        world.run(Duration.ofHours(1));
        long events = world.time.events();
        int dials = world.dials.size();
        world.run(Duration.ofDays(1));
        System.out.println("a day of a node alone with 600 dead peers: " + (world.time.events() - events) + " events, "
                + (world.dials.size() - dials) + " dials");
        assertThat(world.time.events() - events).isLessThan(30_000);
        assertThat(world.dials.size() - dials).isLessThan(2600);
        assertThat(node.book().tried()).as("nobody is given up for it").isEqualTo(600);
    }

    @Test
    void aNetworkAtRestAsksAndDialsSeldom() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> nodes = world.joined(12);
        world.run(Duration.ofMinutes(20));
        assertThat(nodes).allMatch(node -> tried(node).size() == 11);
        int asked = world.asked;
        int dials = world.dials.size();
        world.run(Duration.ofHours(2));
        // Every five minutes each, and every peer once an hour.
        assertThat(world.asked - asked).isBetween(12 * 12, 12 * 36);
        assertThat(world.dials.size() - dials).isLessThan(12 * 11 * 2 + 12);
    }

    @Test
    void aRestartKeepsSecretTriedPeersAndAnchors() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> nodes = world.joined(15);
        Machine node = nodes.get(7);
        world.run(Duration.ofMinutes(10));
        List<PeerId> tried = tried(node);
        BookState before = node.book().state();
        assertThat(tried).hasSize(14);
        assertThat(before.anchors()).hasSize(2);
        node.crash();
        world.run(Duration.ofMinutes(1));

        int known = world.dials.size();
        node.start();
        // Of two who dial each other one session stays, and whom only an inbound one is left with is no anchor.
        world.network.refuse(node.id());
        assertThat(tried(node)).containsExactlyInAnyOrderElementsOf(tried);
        assertThat(node.book().state().secret()).isEqualTo(before.secret());
        world.run(Duration.ofSeconds(30));
        assertThat(world.dials.stream()
                        .skip(known)
                        .filter(dial -> dial.by() == node.runtime)
                        .limit(2)
                        .map(Dial::target))
                .containsExactlyElementsOf(before.anchors());
        assertThat(node.book().state().anchors()).isEqualTo(before.anchors());
    }

    @Test
    void aDamagedStateIsReplacedAndTheNodeStarts() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> nodes = world.joined(5);
        Machine node = nodes.get(2);
        world.run(Duration.ofMinutes(2));
        byte[] secret = node.book().state().secret();
        node.crash();
        byte[] damaged = new BookState(secret, List.of()).encode();
        damaged[5] ^= 1;
        node.store.apply(List.of(
                new Change(Table.STATE, "book".getBytes(StandardCharsets.US_ASCII), damaged),
                new Change(Table.PEERS, nodes.get(0).id().toBytes(), new byte[] {1, 2, 3})));

        node.start();
        byte[] fresh = node.book().state().secret();
        assertThat(fresh).isNotEqualTo(secret);
        assertThat(new NodeStore(node.store).bookState(random).secret())
                .as("kept")
                .isEqualTo(fresh);
        assertThat(tried(node)).as("all but the damaged one").hasSize(3);
        world.run(Duration.ofMinutes(5));
        assertThat(tried(node)).as("and that is found again").hasSize(4);
    }

    @Test
    void ourOwnTorDownForAnHourPenalisesNobody() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> nodes = world.joined(20);
        Machine node = nodes.get(11);
        world.run(Duration.ofMinutes(20));
        assertThat(tried(node)).hasSize(19);
        int known = world.dials.size();

        world.network.down(node.transport);
        world.run(Duration.ofHours(1));
        assertThat(node.book().entries()).allMatch(entry -> entry.status() == PeerStatus.ONLINE);
        assertThat(node.book().entries()).allMatch(entry -> entry.failures() == 0 && entry.tried());
        List<Dial> inVain = world.dials.stream()
                .skip(known)
                .filter(dial -> dial.by() == node.runtime)
                .toList();
        assertThat(inVain).extracting(Dial::failure).containsOnly(TransportFailure.LOCAL);
        assertThat(inVain).as("it is not asked all the time, either").hasSizeBetween(30, 400);

        world.network.up(node.transport);
        world.run(Duration.ofMinutes(3));
        assertThat(node.node().peers().stream().filter(peer -> peer.connected()).count())
                .isGreaterThanOrEqualTo(8);
    }

    /** As when Tor has started again and finds nobody yet: each failure looks like the peer's own. */
    @Test
    void aTimeInWhichNobodyIsReachedPenalisesNobody() {
        BookWorld world = new BookWorld(random, BookShape.DEFAULT);
        List<Machine> nodes = world.joined(20);
        Machine node = nodes.get(11);
        world.run(Duration.ofMinutes(20));
        world.network.partition(List.of(node.transport));
        world.run(Duration.ofHours(1));
        assertThat(node.book().entries()).allMatch(BookEntry::tried);

        world.network.mend();
        world.run(Duration.ofMinutes(30));
        assertThat(node.book().entries()).allMatch(entry -> entry.failures() == 0 && entry.tried());
        assertThat(node.node().peers().stream().filter(peer -> peer.connected()).count())
                .isGreaterThanOrEqualTo(8);
    }

    private static List<PeerId> tried(Machine node) {
        return node.book().entries().stream()
                .filter(BookEntry::tried)
                .map(BookEntry::id)
                .toList();
    }

    /** How many nodes dialed the peer. */
    private static long dialsOf(BookWorld world, Machine target, Duration from) {
        return world.dials.stream()
                .filter(dial -> dial.target().equals(target.id()) && dial.at().compareTo(from) >= 0)
                .map(Dial::by)
                .distinct()
                .count();
    }
}
