package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.transport.loopback.NetworkObserver;

/** Who dialed us is looked for where it says that it is, and no more: there is a session already. */
class LookingBackTest {
    private final VirtualNodes nodes = new VirtualNodes(
            7, PretendedCryptography.PRIMITIVES, PretendedCryptography.REQUIREMENT, Duration.ofMillis(200));
    private final List<String> seen = new ArrayList<>();
    private int dialsBack;
    /** Greetings of acceptors, and claims of dialers. */
    private int signedMessages;

    private Machine seed;
    private Machine node;

    @BeforeEach
    void startTwoNodes() {
        seed = nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
        node = nodes.start(Role.PARTICIPANT, PretendedCryptography.key(1), PretendedCryptography.PROOF);
        watch("seed", seed);
        watch("node", node);
        nodes.network().observe(new NetworkObserver() {
            @Override
            public void delivered(NodeRuntime at, byte[] chunk) {
                signedMessages += isSignedHandshakeMessage(chunk) ? 1 : 0;
            }

            @Override
            public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {
                dialsBack += by.equals(seed.runtime()) ? 1 : 0;
            }
        });
    }

    @Test
    void whoDialedUsCountsAsReachedWithoutASecondSession() {
        VirtualNodes.join(node, seed);
        nodes.time().run(Duration.ofMinutes(1));
        assertThat(dialsBack).isEqualTo(1);
        assertThat(VirtualNodes.verified(seed.node())).isEqualTo(1);
        assertThat(signedMessages).as("of two acceptors and one dialer").isEqualTo(3);
        assertThat(seen).containsExactlyInAnyOrder("seed opened", "node opened");
        assertThat(seed.node().peers()).allMatch(KnownPeer::connected);
    }

    @Test
    void whoIsLookedAtCountsThatByItselfAndNotAsABrokenHandshake() {
        VirtualNodes.join(node, seed);
        nodes.time().run(Duration.ofMinutes(1));
        assertThat(dialsBack).isEqualTo(1);
        assertThat(Doorkeeper.of(node.node()).drops())
                .doesNotContainKey(Drop.DOOR_DISCONNECTED)
                .containsEntry(Drop.DOOR_LOOKED, 1L);
    }

    @Test
    void whoDialedUsAndIsNotThereIsNotReached() {
        nodes.network().refuse(node.node().id());
        VirtualNodes.join(node, seed);
        nodes.time().run(Duration.ofMinutes(1));
        assertThat(dialsBack).isGreaterThan(1);
        assertThat(VirtualNodes.verified(seed.node())).isZero();
        assertThat(seed.node().peers()).allMatch(KnownPeer::connected);
    }

    @Test
    void whoDialedUsIsConnectedWithWhenTheSessionEndsWhileItIsLookedFor() {
        VirtualNodes.join(node, seed);
        nodes.time().runUntil(() -> dialsBack == 1, Duration.ofMinutes(1));
        assertThat(seen).contains("seed opened");
        assertThat(VirtualNodes.verified(seed.node()))
                .as("the look is under way")
                .isZero();
        nodes.network().breakConnections(node.transport());
        nodes.time().run(nodes.time().elapsed().plusSeconds(1));
        assertThat(seen).contains("seed closed");
        nodes.time().run(nodes.time().elapsed().plusMinutes(5));
        assertThat(VirtualNodes.verified(seed.node())).isEqualTo(1);
        assertThat(seed.node().peers()).allMatch(KnownPeer::connected);
    }

    /** Both kinds are of the same shape, which no frame has. */
    private static boolean isSignedHandshakeMessage(byte[] chunk) {
        try {
            HandshakeCodec.decodeClientAuth(Arrays.copyOfRange(chunk, Integer.BYTES, chunk.length));
            return true;
        } catch (InvalidInputException e) {
            return false;
        }
    }

    private void watch(String name, Machine machine) {
        machine.node().addListener(new NodeListener() {
            @Override
            public void sessionOpened(PeerId peer) {
                seen.add(name + " opened");
            }

            @Override
            public void sessionClosed(PeerId peer, String reason) {
                seen.add(name + " closed");
            }
        });
    }
}
