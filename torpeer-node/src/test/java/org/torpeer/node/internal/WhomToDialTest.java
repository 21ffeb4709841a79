package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
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
import org.torpeer.proto.VerdictCode;
import org.torpeer.testkit.TestSeed;

/** Whom a node dials to be connected with, and when again; in virtual time. */
class WhomToDialTest {
    /** Such a book is never young, so that nobody is dialed just because he is new. */
    private static final BookShape MATURE = new BookShape(256, 64, 0);

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

    /** A peer that goes through every handshake to say that it is full. */
    private void neverHasRoom(Machine full, Duration retryAfter) {
        ListenRequest request = new ListenRequest(full.key, Endpoint.DEFAULT_PORT);
        full.transport
                .listen(request, connection -> refuse(connection, full, retryAfter))
                .toCompletableFuture()
                .join();
    }

    private void refuse(Connection connection, Machine full, Duration retryAfter) {
        FrameChannel channel = new FrameChannel(connection, full.runtime.loop());
        AcceptorHandshake handshake = new AcceptorHandshake(world.identities.credentials(full.key), random);
        channel.start(new FrameChannel.Receiver() {
            private boolean greeted;

            @Override
            public void message(byte[] payload) {
                if (!greeted) {
                    greeted = true;
                    channel.send(handshake.onHello(payload));
                    return;
                }
                assertThat(handshake.onAuth(payload)).isNotNull();
                channel.send(handshake.refuse(VerdictCode.BUSY, (int) retryAfter.toSeconds()));
                channel.close("it is full");
            }

            @Override
            public void closed(FrameChannel.Ending ending) {}
        });
    }
}
