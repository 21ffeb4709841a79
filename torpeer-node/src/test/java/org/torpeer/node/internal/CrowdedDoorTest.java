package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Operation;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.handshake.DialerHandshake;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.FrameReader;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** More at the door than there is room for, in virtual time: honest ones, and those who only want to keep others out. */
class CrowdedDoorTest {
    private final VirtualNodes nodes = new VirtualNodes(
            7, PretendedCryptography.PRIMITIVES, PretendedCryptography.REQUIREMENT, Duration.ofMillis(200));
    private final VirtualTime time = nodes.time();

    @Test
    void fourHundredNewcomersOnOneRouterOf256AllGetTheirPeers() {
        Machine router = routerWithPeers();
        List<LightPeer> newcomers = crowd(router, 1000, 400, Duration.ofMillis(30));
        for (int second = 0; second < 120 && !newcomers.stream().allMatch(LightPeer::served); second++) {
            time.run(time.elapsed().plusSeconds(1));
        }
        assertThat(newcomers).allMatch(LightPeer::served);
        assertThat(newcomers).filteredOn(LightPeer::inside).hasSizeBetween(200, 256);
        assertThat(Doorkeeper.of(router.node()).drops().get(Drop.SESSION_MADE_ROOM))
                .isGreaterThan(100);
    }

    @Test
    void anAttackerWithHundredsOfKeysDoesNotDriveOutThoseWhoAreThere() {
        Machine router = routerWithPeers();
        List<LightPeer> honest = crowd(router, 1000, 250, Duration.ofMillis(50));
        time.run(time.elapsed().plusSeconds(40));
        assertThat(honest).allMatch(LightPeer::inside);
        List<LightPeer> attackers = crowd(router, 2000, 150, Duration.ofMillis(50));
        time.run(time.elapsed().plusMinutes(1));
        assertThat(attackers).anyMatch(LightPeer::inside);
        long allowance = Sessions.MAKE_ROOM_BURST + (long) (Sessions.MAKE_ROOM_PER_SECOND * Places.GRACE.toSeconds());
        assertThat(honest).filteredOn(LightPeer::inside).hasSizeGreaterThanOrEqualTo((int) (250 - allowance - 10));
        LightPeer newcomer = crowd(router, 5000, 1, Duration.ofMillis(50)).get(0);
        time.run(time.elapsed().plusMinutes(2));
        assertThat(newcomer.served()).as("an honest newcomer is still served").isTrue();
    }

    @Test
    void aFrameThatComesByteByByteEndsItsSession() {
        Machine router = routerWithPeers();
        LightPeer slow = crowd(router, 1000, 1, Duration.ZERO).get(0);
        time.run(time.elapsed().plusSeconds(5));
        assertThat(slow.inside()).isTrue();
        slow.dribble(Duration.ofSeconds(10));
        time.run(time.elapsed().plusSeconds(45));
        assertThat(slow.inside()).isTrue();
        time.run(time.elapsed().plusMinutes(2));
        assertThat(slow.inside()).isFalse();
        assertThat(Doorkeeper.of(router.node()).drops()).containsEntry(Drop.SESSION_TOO_SLOW, 1L);
    }

    @Test
    void aPeerThatDoesNotReadIsGivenUp() {
        Machine router = routerWithPeers();
        LightPeer deaf = crowd(router, 1000, 1, Duration.ZERO).get(0);
        time.run(time.elapsed().plusSeconds(5));
        assertThat(deaf.inside()).isTrue();
        deaf.floodWithoutReading(20_000);
        time.run(time.elapsed().plusMinutes(3));
        assertThat(router.node().peers())
                .filteredOn(peer -> peer.id().equals(deaf.id()))
                .noneMatch(KnownPeer::connected);
        assertThat(Doorkeeper.of(router.node()).drops()).containsEntry(Drop.SESSION_TOO_SLOW, 1L);
    }

    private Machine routerWithPeers() {
        Machine router = start(Role.ROUTER, 0);
        for (int i = 1; i <= 5; i++) {
            VirtualNodes.join(start(Role.PARTICIPANT, i), router);
        }
        time.run(time.elapsed().plusSeconds(30));
        assertThat(VirtualNodes.verified(router.node())).isEqualTo(5);
        return router;
    }

    private List<LightPeer> crowd(Machine router, int first, int size, Duration apart) {
        NodeRuntime runtime = time.runtime(first);
        Transport transport = nodes.network().attach(runtime);
        List<LightPeer> crowd = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            LightPeer peer = new LightPeer(first + i, router.endpoint(), runtime, transport);
            crowd.add(peer);
            runtime.loop().schedule(apart.multipliedBy(i), peer::dial);
        }
        return crowd;
    }

    @Test
    void slowlorisFiveHundredConnectionsThatSendAByteNowAndThenDoNotKeepAnHonestPeerOut() {
        Machine router = start(Role.ROUTER, 0);
        Slowloris attack = new Slowloris(router.endpoint(), connection -> false);
        attack.begin(500);
        time.run(Duration.ofSeconds(30));
        getsIn(router, 1);
        time.run(Duration.ofMinutes(2));
        getsIn(router, 2);
        assertThat(Doorkeeper.of(router.node()).drops().get(Drop.DOOR_CROWDED)).isGreaterThan(400);
    }

    @Test
    void slowlorisOfConnectionsThatGreetAndThenSayNothingDoesNotEither() {
        Machine router = start(Role.ROUTER, 0);
        Slowloris attack = new Slowloris(router.endpoint(), connection -> {
            connection.write(FrameReader.frame(hello(router)));
            return true;
        });
        attack.begin(500);
        time.run(Duration.ofSeconds(30));
        getsIn(router, 1);
        time.run(Duration.ofMinutes(2));
        getsIn(router, 2);
    }

    @Test
    void whoGreetsAtTheLastMomentHasTheTimeOfAHandshakeAndNoLonger() {
        Machine router = start(Role.ROUTER, 0);
        NodeRuntime runtime = time.runtime(9999);
        CompletableFuture<Connection> dial = nodes.network()
                .attach(runtime)
                .dial(router.endpoint(), HandshakeDriver.TIMEOUT)
                .toCompletableFuture();
        time.runUntil(dial::isDone, Duration.ofMinutes(1));
        Duration dialed = time.elapsed();
        Connection connection = dial.join();
        CompletableFuture<byte[]> answer = connection.read().toCompletableFuture();
        time.run(dialed.plus(HandshakeDriver.GREETING).minusSeconds(1));
        connection.write(FrameReader.frame(hello(router)));
        time.runUntil(answer::isDone, dialed.plus(HandshakeDriver.TIMEOUT));
        assertThat(answer).isCompleted();
        CompletableFuture<byte[]> end = connection.read().toCompletableFuture();
        time.run(dialed.plus(HandshakeDriver.TIMEOUT).minusSeconds(1));
        assertThat(end).isNotDone();
        time.run(dialed.plus(HandshakeDriver.TIMEOUT).plusSeconds(1));
        assertThat(end).isCompletedExceptionally();
    }

    private void getsIn(Machine router, int number) {
        Machine honest = start(Role.PARTICIPANT, number);
        Operation<Integer> join = honest.node().join(List.of(router.endpoint()));
        assertThat(time.runUntil(() -> done(join), time.elapsed().plusSeconds(15)))
                .as("an honest peer gets in")
                .isTrue();
    }

    private Machine start(Role role, int number) {
        return nodes.start(role, PretendedCryptography.key(number), PretendedCryptography.PROOF);
    }

    private static boolean done(Operation<Integer> join) {
        CompletableFuture<Integer> joined = join.completion().toCompletableFuture();
        return joined.isDone() && !joined.isCompletedExceptionally();
    }

    private byte[] hello(Machine router) {
        Credentials credentials = new Credentials(
                TestIdentities.NETWORK,
                PretendedCryptography.key(-1),
                TestIdentities.NETWORK.toBytes(),
                () -> router.node().record(),
                Credentials.VERSIONS,
                PretendedCryptography.PRIMITIVES.signatures());
        return new DialerHandshake(credentials, router.node().id(), false, time.random("hello")).hello();
    }

    /** Connections that are kept open with as little as possible, and dialed again a minute after they end. */
    private final class Slowloris {
        private final Endpoint target;
        private final Predicate<Connection> opening;
        private final NodeRuntime runtime = time.runtime(9999);
        private final Transport transport = nodes.network().attach(runtime);

        /**
         * @param opening what is done first; whether nothing is done after that
         */
        Slowloris(Endpoint target, Predicate<Connection> opening) {
            this.target = target;
            this.opening = opening;
        }

        void begin(int connections) {
            for (int i = 0; i < connections; i++) {
                runtime.loop().schedule(Duration.ofMillis(20L * i), this::dial);
            }
        }

        private void dial() {
            CompletionStage<Connection> dialed = transport.dial(target, Duration.ofSeconds(60));
            dialed.whenComplete((connection, failure) -> {
                if (connection == null) {
                    again();
                    return;
                }
                listen(connection);
                if (!opening.test(connection)) {
                    dribble(connection);
                }
            });
        }

        private void listen(Connection connection) {
            connection.read().whenComplete((bytes, failure) -> {
                if (failure == null) {
                    listen(connection);
                } else {
                    connection.close();
                    again();
                }
            });
        }

        private void again() {
            runtime.loop().schedule(Duration.ofMinutes(1), this::dial);
        }

        private void dribble(Connection connection) {
            connection.write("\0".getBytes(StandardCharsets.US_ASCII)).whenComplete((done, failure) -> {
                if (failure == null) {
                    runtime.loop().schedule(Duration.ofMillis(1500), () -> dribble(connection));
                }
            });
        }
    }
}
