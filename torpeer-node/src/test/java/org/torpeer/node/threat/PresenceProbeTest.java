package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.JoinException;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Operation;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.VirtualNodes;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.FrameReader;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.HandshakeForge;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/**
 * Whether an onion service is a node of a private network: whoever does not know the secret hears nothing of it, for the
 * same time whatever it says. In virtual time.
 */
class PresenceProbeTest {
    private final Random random = TestSeed.random("PresenceProbeTest");
    private final byte[] secret = bytes(32);
    private final VirtualNodes nodes = new VirtualNodes(
            random.nextLong(),
            PretendedCryptography.PRIMITIVES,
            PretendedCryptography.REQUIREMENT,
            Duration.ofMillis(100));
    private final VirtualTime time = nodes.time();
    private final Machine probed = start(TestIdentities.NETWORK, secret, 1);
    private final NodeRuntime stranger = time.runtime(1000);
    private final Transport transport = nodes.network().attach(stranger);
    private final List<Probe> probes = new ArrayList<>();

    @Test
    void aStrangerHearsNothingForTheSameTimeWhateverItSays() {
        byte[] nonce = HandshakeForge.nonce(random);
        List<Integer> versions = List.of(1);
        Endpoint target = probed.endpoint();
        byte[] byName = HandshakeForge.hello(TestIdentities.NETWORK.toBytes(), versions, nonce, target.peer());
        probe("nothing at all");
        probeByMessage("the network's name without its secret", byName);
        probeByMessage("another secret", HandshakeForge.hello(bytes(32), versions, nonce, target.peer()));
        probeByMessage("a version of the future", HandshakeForge.hello(bytes(32), List.of(200), nonce, target.peer()));
        probeByMessage(
                "a greeting overheard at another node",
                HandshakeForge.hello(
                        secret, versions, nonce, PretendedCryptography.key(77).id()));
        probeByMessage("noise of the same length", bytes(byName.length));
        probeByMessage("a byte", bytes(1));
        probeByMessage("the longest message", bytes(FrameReader.BEFORE_AUTHENTICATION));
        for (int length : new int[] {0, -1, Integer.MIN_VALUE, FrameReader.BEFORE_AUTHENTICATION + 1}) {
            byte[] bytes = bytes(100);
            probe(
                    "a length of " + length,
                    ByteBuffer.wrap(bytes).putInt(0, length).array());
        }
        probe("a frame that does not end", Arrays.copyOf(FrameReader.frame(byName), 60));
        probe("HTTP", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        probe("TLS", new byte[] {0x16, 3, 1, 0, (byte) 0xc8, 1, 0, 0, (byte) 0xc4, 3, 3});
        probe("more and more", bytes(1000), bytes(1000), FrameReader.frame(byName), bytes(50_000), bytes(1));

        time.run(time.elapsed().plusSeconds(30));
        Duration silence = probes.get(0).closedAfter;
        assertThat(silence).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
        for (Probe probe : probes) {
            assertThat(probe.heard).as(probe.what).isZero();
            assertThat(probe.end).as(probe.what).isEqualTo(TransportFailure.CLOSED);
            assertThat(probe.closedAfter).as(probe.what).isEqualTo(silence);
        }
        assertThat(Doorkeeper.of(probed.node()).drops())
                .containsKeys(Drop.DOOR_STRANGER, Drop.DOOR_MALFORMED, Drop.DOOR_TIMEOUT);
        assertThat(probed.node().peers()).isEmpty();
        assertMembersAreServed();
    }

    @Test
    void strangersGiveWayToAMember() {
        for (int i = 0; i < 100; i++) {
            probe("noise", bytes(1 + random.nextInt(100)));
        }
        time.run(time.elapsed().plusSeconds(6));
        assertMembersAreServed();
    }

    @Test
    void aNodeOfAnotherNetworkIsToldWhatMayBeWrong() {
        NetworkId elsewhere = NetworkId.of("elsewhere");
        Machine other = start(elsewhere, elsewhere.toBytes(), 2);
        Machine outsider = start(TestIdentities.NETWORK, bytes(32), 3);
        for (Machine joining : List.of(other, outsider)) {
            Operation<Integer> join = joining.node().join(List.of(probed.endpoint()));
            CompletionStage<Integer> joined = join.completion();
            assertThat(time.runUntil(
                            () -> joined.toCompletableFuture().isDone(),
                            time.elapsed().plusSeconds(15)))
                    .isTrue();
            assertThatThrownBy(() -> join.await(Duration.ofSeconds(1)))
                    .isInstanceOf(JoinException.class)
                    .hasMessageContaining("of another network, or want another secret");
        }
        assertThat(probed.node().peers()).isEmpty();
    }

    private void assertMembersAreServed() {
        Machine member = start(TestIdentities.NETWORK, secret, 50);
        VirtualNodes.join(member, probed);
        assertThat(time.runUntil(
                        () -> VirtualNodes.verified(member.node()) == 1,
                        time.elapsed().plusSeconds(5)))
                .isTrue();
    }

    private Machine start(NetworkId network, byte[] networkSecret, int number) {
        return nodes.start(network, networkSecret, PretendedCryptography.key(number), PretendedCryptography.PROOF);
    }

    private void probeByMessage(String what, byte[] message) {
        probe(what, FrameReader.frame(message));
    }

    private void probe(String what, byte[]... said) {
        Probe probe = new Probe(what);
        probes.add(probe);
        CompletionStage<Connection> dialed = transport.dial(probed.endpoint(), Duration.ofSeconds(60));
        dialed.thenAccept(connection -> probe.begin(connection, said));
    }

    /** A connection over which something is said, a piece a second. */
    private final class Probe {
        final String what;
        int heard;

        @Nullable
        Duration closedAfter;

        @Nullable
        TransportFailure end;

        Probe(String what) {
            this.what = what;
        }

        void begin(Connection connection, byte[]... said) {
            for (int i = 0; i < said.length; i++) {
                byte[] piece = said[i];
                stranger.loop().schedule(Duration.ofSeconds(i), () -> say(connection, piece));
            }
            listen(connection, time.elapsed());
        }

        private void say(Connection connection, byte[] piece) {
            CompletionStage<Void> written = connection.write(piece);
            written.exceptionally(failure -> null);
        }

        private void listen(Connection connection, Duration since) {
            connection.read().whenComplete((bytes, failure) -> {
                if (bytes != null) {
                    heard += bytes.length;
                    listen(connection, since);
                    return;
                }
                closedAfter = time.elapsed().minus(since);
                end = Promise.cause(failure) instanceof TransportException known ? known.failure() : null;
            });
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
