package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.node.internal.BookWorld.Machine;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.handshake.AcceptorHandshake;
import org.torpeer.node.internal.session.FrameChannel;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;
import org.torpeer.testkit.TestSeed;

/** Whom a node dials to be connected with, and when again; in virtual time. */
class WhomToDialTest {
    /** Such a book is never young, so that nobody is dialed just because he is new. */
    private static final BookShape MATURE = new BookShape(256, 64, 0);

    private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

    private final Random random = TestSeed.random("WhomToDialTest");
    private final BookWorld world = new BookWorld(random, MATURE);

    @Test
    void discouragedPeersAreDialedForPlacesThatNobodyElseWantsAndGiveThemBack() {
        List<Machine> good = Stream.generate(world::machine).limit(8).toList();
        List<Machine> bad = Stream.generate(world::machine).limit(4).toList();
        Machine node = world.machine();
        node.remembersLately(Stream.concat(good.stream(), bad.stream()).toList());
        good.stream().limit(6).forEach(Machine::start);
        bad.forEach(Machine::start);
        node.start();
        world.network.refuse(node.id());
        bad.forEach(peer -> {
            node.conduct().blame(peer.id(), Offence.FORGED_RECORD);
            node.conduct().blame(peer.id(), Offence.ASKED_TOO_OFTEN);
        });
        world.run(Duration.ofSeconds(40));
        assertThat(connected(node)).hasSize(8).containsAll(ids(good.subList(0, 6)));

        good.stream().skip(6).forEach(Machine::start);
        world.run(Duration.ofMinutes(10));
        assertThat(connected(node)).isEqualTo(ids(good));
    }

    @Test
    void bannedPeersAreNotDialedEvenIfThereIsNobodyElse() {
        List<Machine> others = Stream.generate(world::machine).limit(40).toList();
        Machine node = world.machine();
        node.remembersLately(others);
        others.forEach(Machine::start);
        node.start();
        world.network.refuse(node.id());
        others.stream().skip(1).forEach(peer -> {
            node.conduct().blame(peer.id(), Offence.FORGED_RECORD);
            node.conduct().blame(peer.id(), Offence.FORGED_RECORD);
        });
        world.run(Duration.ofMinutes(30));
        assertThat(world.dials)
                .filteredOn(dial -> dial.by() == node.runtime)
                .isNotEmpty()
                .allMatch(dial -> dial.target().equals(others.get(0).id()));
        assertThat(connected(node)).containsExactly(others.get(0).id());
    }

    @Test
    void aPeerWithoutRoomIsLeftAloneForAsLongAsItAsks() {
        Machine full = world.machine();
        neverHasRoom(full, Duration.ofMinutes(10));
        Machine node = world.machine().remembersLately(List.of(full)).start();
        world.run(Duration.ofMinutes(50));
        List<Duration> dials = world.dials.stream()
                .filter(dial -> dial.target().equals(full.id()))
                .map(BookWorld.Dial::at)
                .toList();
        assertThat(dials).hasSizeBetween(4, 6);
        for (int i = 1; i < dials.size(); i++) {
            assertThat(dials.get(i).minus(dials.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
        }
        assertThat(node.book().entries()).allMatch(entry -> entry.failures() == 0 && entry.tried());
    }

    @Test
    void whoShowsWhoItIsAndHasNoRoomIsReachedAndNotLookedForAgain() {
        List<Machine> others = Stream.generate(world::machine).limit(8).toList();
        others.forEach(Machine::start);
        Machine full = world.machine();
        neverHasRoom(full, Duration.ofSeconds(30));
        Machine node = world.machine().remembersLately(others).start(BookShape.DEFAULT);
        world.network.refuse(node.id());
        assertThat(world.becomes(() -> connected(node).size() == 8, Duration.ofMinutes(2)))
                .isTrue();
        node.node().joinFrom(List.of(world.lasting(full)));
        world.run(Duration.ofMinutes(50));
        assertThat(dials(node, full)).hasSize(1);
        assertThat(node.book().isTried(full.id())).isTrue();
        assertThat(node.node().peers())
                .filteredOn(peer -> peer.id().equals(full.id()))
                .singleElement()
                .matches(peer -> peer.verified() && peer.status() == PeerStatus.ONLINE && !peer.connected());
    }

    @Test
    void whoSaysThatItHasNoRoomButNotWhoItIsIsNotReached() {
        Machine full = world.machine();
        listens(full, connection -> new Refusing(full, connection, Duration.ofSeconds(30), true));
        Machine node = world.machine().start(BookShape.DEFAULT);
        node.node().joinFrom(List.of(world.lasting(full)));
        world.run(Duration.ofMinutes(1));
        assertThat(dials(node, full)).isNotEmpty();
        assertThat(node.book().isTried(full.id())).isFalse();
        assertThat(node.node().peers()).noneMatch(peer -> peer.verified());
    }

    @Test
    void whoHasOthersLeavesAPeerAloneThatHasNoRoomOrSentItAway() {
        Machine other = world.machine().start();
        Machine full = world.machine();
        neverHasRoom(full, Duration.ofSeconds(30));
        Machine fickle = world.machine();
        listens(fickle, connection -> new Evicting(fickle, connection));
        Machine node =
                world.machine().remembersLately(List.of(other, full, fickle)).start();
        world.network.refuse(node.id());
        world.run(Duration.ofMinutes(60));
        for (Machine machine : List.of(full, fickle)) {
            List<Duration> dials = dials(node, machine);
            assertThat(dials).hasSizeBetween(3, 5);
            // The first may have been before there was anyone else.
            for (int i = 2; i < dials.size(); i++) {
                assertThat(dials.get(i).minus(dials.get(i - 1))).isGreaterThanOrEqualTo(Duration.ofMinutes(15));
            }
        }
        // The hour may end while the fickle one is there: it sends us away within 20 s.
        assertThat(connected(node)).contains(other.id()).isSubsetOf(other.id(), fickle.id());
        assertThat(world.becomes(() -> connected(node).equals(Set.of(other.id())), Duration.ofSeconds(30)))
                .isTrue();
    }

    @Test
    void inPlaceOfPeersWithoutRoomOthersAreLookedAtSoonAndOfDeadOnesNot() {
        assertThat(mean(() -> lookedAt(full -> neverHasRoom(full, Duration.ofSeconds(30)))))
                .isGreaterThan(3);
        // One every two minutes.
        assertThat(mean(() -> lookedAt(dead -> {}))).isLessThan(10);
    }

    /** Of five times, since the moments of looks are drawn. */
    private static double mean(LongSupplier counted) {
        return LongStream.generate(counted).limit(5).average().orElseThrow();
    }

    /** How many of 20 peers only heard of are dialed within three minutes, by one who has reached 8 that are as they are. */
    private long lookedAt(Consumer<Machine> reached) {
        List<Machine> before = Stream.generate(world::machine).limit(8).toList();
        before.forEach(reached);
        List<Machine> others = Stream.generate(world::machine).limit(20).toList();
        others.forEach(Machine::start);
        Machine node = world.machine().remembersLately(before).start();
        world.network.refuse(node.id());
        node.node().joinFrom(others.stream().map(world::lasting).toList());
        world.run(Duration.ofMinutes(3));
        return others.stream().filter(other -> !dials(node, other).isEmpty()).count();
    }

    @Test
    void aParticipantIsConnectedWithParticipantsAndRoutersHavePlacesForNewcomers() {
        List<Machine> routers = Stream.generate(world::router).limit(8).toList();
        List<Machine> participants = Stream.generate(world::machine).limit(8).toList();
        List<Machine> all =
                Stream.concat(routers.stream(), participants.stream()).toList();
        Machine node = world.machine().remembersLately(all);
        routers.forEach(Machine::start);
        node.start();
        world.network.refuse(node.id());
        world.run(Duration.ofMinutes(2));
        assertThat(connected(node)).as("while there is nobody else").hasSize(2);

        participants.subList(0, 7).forEach(Machine::start);
        assertThat(world.becomes(() -> connected(node).containsAll(ids(participants.subList(0, 7))), HALF_AN_HOUR))
                .isTrue();
        world.run(Duration.ofMinutes(2));
        assertThat(connected(node)).as("one place is left").hasSize(8);

        participants.get(7).start();
        assertThat(world.becomes(() -> connected(node).equals(ids(participants)), HALF_AN_HOUR))
                .isTrue();
    }

    @Test
    void aParticipantWithTwoRoutersDoesNotDialOthersBecauseItHeardOfThem() {
        List<Machine> routers = Stream.generate(world::router).limit(8).toList();
        routers.forEach(Machine::start);
        Machine node = world.machine().start(BookShape.DEFAULT);
        world.network.refuse(node.id());
        CompletionStage<Integer> joined = node.node()
                .joinFrom(routers.stream().map(world::lasting).toList())
                .completion();
        world.run(Duration.ofSeconds(30));
        assertThat(joined).isCompletedWithValueMatching(reached -> reached >= 2);
        // Besides there is one in two minutes at random, whatever is known.
        assertThat(world.dials).filteredOn(dial -> dial.by() == node.runtime).hasSizeBetween(2, 5);
    }

    @Test
    void aRouterIsConnectedWithRoutersAsWithAnybody() {
        List<Machine> routers = Stream.generate(world::router).limit(8).toList();
        Machine node = world.router().remembersLately(routers);
        routers.forEach(Machine::start);
        node.start();
        assertThat(world.becomes(() -> connected(node).equals(ids(routers)), Duration.ofMinutes(5)))
                .isTrue();
    }

    @Test
    void ourTorDyingAgainAndAgainKeepsNoGoodPeerWaiting() {
        List<Machine> others = Stream.generate(world::machine).limit(5).toList();
        Machine node = world.machine();
        node.remembersLately(others);
        others.forEach(Machine::start);
        node.start();
        assertThat(world.becomes(() -> connected(node).equals(ids(others)), Duration.ofMinutes(15)))
                .isTrue();
        for (Duration between : List.of(Duration.ofSeconds(10), Duration.ofMinutes(2), Duration.ofSeconds(1))) {
            world.network.down(node.transport);
            world.run(Duration.ofSeconds(30));
            world.network.up(node.transport);
            world.run(between);
        }
        // Who was reached a moment ago may rest for a minute and a half, and a dial takes its time.
        assertThat(world.becomes(() -> connected(node).equals(ids(others)), Duration.ofSeconds(150)))
                .isTrue();
        assertThat(node.book().entries())
                .allMatch(entry -> entry.failures() == 0 && entry.status() == PeerStatus.ONLINE);
    }

    private static Set<PeerId> connected(Machine node) {
        return node.node().peers().stream()
                .filter(peer -> peer.connected())
                .map(peer -> peer.id())
                .collect(Collectors.toSet());
    }

    private static Set<PeerId> ids(List<Machine> machines) {
        return machines.stream().map(Machine::id).collect(Collectors.toSet());
    }

    private List<Duration> dials(Machine by, Machine target) {
        return world.dials.stream()
                .filter(dial -> dial.by() == by.runtime && dial.target().equals(target.id()))
                .map(BookWorld.Dial::at)
                .toList();
    }

    /** A peer that goes through every handshake to say that it is full. */
    private void neverHasRoom(Machine full, Duration retryAfter) {
        listens(full, connection -> new Refusing(full, connection, retryAfter, false));
    }

    private void listens(Machine machine, Consumer<Connection> door) {
        ListenRequest request = new ListenRequest(machine.key, Endpoint.DEFAULT_PORT);
        machine.transport.listen(request, door).toCompletableFuture().join();
    }

    /** The accepting side of one connection, up to the verdict. */
    private abstract class Played implements FrameChannel.Receiver {
        final FrameChannel channel;
        final AcceptorHandshake handshake;
        private boolean greeted;
        private boolean decided;

        Played(Machine machine, Connection connection) {
            channel = new FrameChannel(connection, machine.runtime.loop());
            handshake = new AcceptorHandshake(world.identities.credentials(machine.key), random);
            channel.start(this);
        }

        @Override
        public void message(byte[] payload) {
            if (!greeted) {
                greeted = true;
                greet(handshake.onHello(payload));
            } else if (!decided) {
                decided = true;
                assertThat(handshake.onAuth(payload)).isNotNull();
                decide();
            }
        }

        void greet(byte[] offer) {
            channel.send(offer);
        }

        abstract void decide();

        @Override
        public void closed(FrameChannel.Ending ending) {}
    }

    private final class Refusing extends Played {
        private final Duration retryAfter;
        private final boolean forged;

        /**
         * @param forged whether its signature is not that of its key, whatever it is told then
         */
        Refusing(Machine machine, Connection connection, Duration retryAfter, boolean forged) {
            super(machine, connection);
            this.retryAfter = retryAfter;
            this.forged = forged;
        }

        @Override
        void greet(byte[] offer) {
            if (forged) {
                offer[offer.length - 1] ^= 1;
                super.greet(offer);
                channel.send(HandshakeCodec.encode(new Verdict(VerdictCode.BUSY, (int) retryAfter.toSeconds())));
            } else {
                super.greet(offer);
            }
        }

        @Override
        void decide() {
            channel.send(handshake.refuse(VerdictCode.BUSY, (int) retryAfter.toSeconds()));
            channel.close("it is full");
        }
    }

    /** Lets a peer in and soon wants its place for another. */
    private final class Evicting extends Played {
        private final Machine machine;

        Evicting(Machine machine, Connection connection) {
            super(machine, connection);
            this.machine = machine;
        }

        @Override
        void decide() {
            channel.send(handshake.accept());
            machine.runtime.loop().schedule(Duration.ofSeconds(20), () -> {
                channel.send(FrameCodec.encode(new Frame.GoAway(Frame.Reason.BUSY)));
                channel.close("somebody else came");
            });
        }
    }
}
