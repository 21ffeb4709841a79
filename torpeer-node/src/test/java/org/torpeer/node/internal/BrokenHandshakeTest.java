package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Role;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.transport.loopback.NetworkObserver;

/** Connections that break in the middle of a handshake, which says nothing of whose fault it is. */
class BrokenHandshakeTest {
    private final VirtualNodes nodes = new VirtualNodes(
            7, PretendedCryptography.PRIMITIVES, PretendedCryptography.REQUIREMENT, Duration.ofMillis(200));
    private final List<PeerStatus> seen = new ArrayList<>();
    private Machine seed;
    private Machine node;
    private int handshakes;

    @BeforeEach
    void connectTwoNodes() {
        seed = nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
        node = nodes.start(Role.PARTICIPANT, PretendedCryptography.key(1), PretendedCryptography.PROOF);
        VirtualNodes.join(node, seed);
        nodes.time().run(Duration.ofMinutes(1));
        assertThat(VirtualNodes.verified(node.node())).isEqualTo(1);
        node.node().addListener(new NodeListener() {
            @Override
            public void peerChanged(KnownPeer peer) {
                seen.add(peer.status());
            }
        });
    }

    @Test
    void aTorThatDiesInTheMiddleOfAHandshakeDoesNotCountAgainstThePeer() {
        nodes.network().refuse(node.node().id());
        inHandshakes(number -> number % 2 == 1, () -> {
            nodes.network().down(node.transport());
            node.runtime()
                    .loop()
                    .schedule(Duration.ofSeconds(30), () -> nodes.network().up(node.transport()));
        });
        for (int death = 0; death < 4; death++) {
            nodes.network().breakConnections(node.transport());
            nodes.time().run(nodes.time().elapsed().plusMinutes(10));
            assertThat(node.node().peers()).allMatch(KnownPeer::connected);
        }
        assertThat(handshakes).isEqualTo(8);
        assertThat(seen).doesNotContain(PeerStatus.OFFLINE);
    }

    @Test
    void aPeerThatBreaksOneHandshakeAfterTheOtherCountsAsOffline() {
        inHandshakes(number -> number <= 2, () -> nodes.network().breakConnections(seed.transport()));
        nodes.network().refuse(node.node().id());
        nodes.network().breakConnections(node.transport());
        nodes.time().run(nodes.time().elapsed().plusMinutes(10));
        assertThat(seen).contains(PeerStatus.OFFLINE);
    }

    /** Does something in the middle of some of the next handshakes of the node, by number from 1. */
    private void inHandshakes(IntPredicate which, Runnable fault) {
        nodes.network().observe(new NetworkObserver() {
            @Override
            public void delivered(NodeRuntime at, byte[] chunk) {}

            @Override
            public void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure) {
                if (by.equals(node.runtime()) && failure == null) {
                    handshakes++;
                    if (which.test(handshakes)) {
                        node.runtime().loop().schedule(Duration.ofMillis(300), fault);
                    }
                }
            }
        });
    }
}
