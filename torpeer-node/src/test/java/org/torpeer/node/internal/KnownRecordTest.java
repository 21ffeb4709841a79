package org.torpeer.node.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.VirtualNodes.Machine;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.crypto.Primitives;

/** Who comes again with a record that is in the book; in virtual time. */
class KnownRecordTest {
    private static final int NUMBER = 5;

    private final VirtualNodes nodes = new VirtualNodes(
            7,
            new Primitives(this::verify, PretendedCryptography.PRIMITIVES.proofs()),
            PretendedCryptography.REQUIREMENT,
            Duration.ofMillis(200));
    private final SignedPeerRecord record =
            PretendedCryptography.record(PretendedCryptography.key(NUMBER), TestIdentities.NETWORK);
    private final Machine node = started();
    private final NodeRuntime runtime = nodes.time().runtime(1000);
    private final Transport transport = nodes.network().attach(runtime);
    private final LightPeer peer = new LightPeer(NUMBER, node.endpoint(), runtime, transport);
    private int verified;

    @Test
    void itsSignatureIsVerifiedOnce() {
        peer.dial();
        run(Duration.ofSeconds(10));
        assertThat(peer.inside()).isTrue();
        assertThat(verified).isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            nodes.network().breakConnections(transport);
            run(Duration.ofSeconds(10));
            assertThat(peer.inside()).isTrue();
        }
        assertThat(verified).isEqualTo(1);
    }

    @Test
    void onceItHasExpiredTheBookIsNoReasonToTakeIt() {
        peer.dial();
        nodes.time()
                .run(Duration.between(
                                record.content().issued(), record.content().expires())
                        .minusSeconds(1));
        assertThat(peer.inside()).isTrue();
        run(Duration.ofSeconds(2));
        assertThat(node.assembly().book().has(record)).isTrue();
        nodes.network().breakConnections(transport);
        run(Duration.ofSeconds(15));
        assertThat(peer.inside()).isFalse();
    }

    /** Not with the first second, so that the book is not looked through just when a record expires. */
    private Machine started() {
        run(Duration.ofSeconds(30));
        return nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
    }

    private void run(Duration more) {
        nodes.time().run(nodes.time().elapsed().plus(more));
    }

    private boolean verify(PeerId key, byte[] message, byte[] signature) {
        verified += Arrays.equals(signature, record.signature()) ? 1 : 0;
        return PretendedCryptography.PRIMITIVES.signatures().verify(key, message, signature);
    }
}
