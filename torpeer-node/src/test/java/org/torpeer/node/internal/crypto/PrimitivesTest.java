package org.torpeer.node.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.node.internal.VirtualNodes;
import org.torpeer.node.internal.VirtualNodes.Machine;

/** A simulation brings its own signatures and proofs, and nothing else of the node changes. */
class PrimitivesTest {
    private static final Duration SOON = Duration.ofMinutes(2);

    @Test
    void aNetworkWithAPretendedCryptographyDiscoversItself() {
        VirtualNodes nodes = world(PretendedCryptography.PRIMITIVES);
        Machine router = nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
        List<Machine> others = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            Machine machine = nodes.start(Role.PARTICIPANT, PretendedCryptography.key(i), PretendedCryptography.PROOF);
            VirtualNodes.join(machine, router);
            others.add(machine);
        }
        assertThat(nodes.time()
                        .runUntil(
                                () -> others.stream()
                                        .allMatch(machine -> VirtualNodes.verified(machine.node()) == others.size()),
                                SOON))
                .isTrue();
    }

    @Test
    void aProofThatTheSimulatedAlgorithmRefusesKeepsItsPeerOut() {
        VirtualNodes nodes = world(PretendedCryptography.PRIMITIVES);
        Machine router = nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
        Machine other =
                nodes.start(Role.PARTICIPANT, PretendedCryptography.key(1), new Proof("pretended", "", 30, 8, 0));
        VirtualNodes.join(other, router);
        nodes.time().run(SOON);
        assertThat(router.node().peers()).isEmpty();
    }

    @Test
    void aNodeOfTheRealWorldDoesNotTakePretendedSignatures() {
        VirtualNodes nodes =
                world(new Primitives(Primitives.real().signatures(), PretendedCryptography.PRIMITIVES.proofs()));
        Machine router = nodes.start(Role.ROUTER, PretendedCryptography.key(0), PretendedCryptography.PROOF);
        Machine other = nodes.start(Role.PARTICIPANT, PretendedCryptography.key(1), PretendedCryptography.PROOF);
        VirtualNodes.join(other, router);
        nodes.time().run(SOON);
        assertThat(router.node().peers()).isEmpty();
        assertThat(other.node().peers()).isEmpty();
    }

    private static VirtualNodes world(Primitives primitives) {
        return new VirtualNodes(1, primitives, PretendedCryptography.REQUIREMENT, Duration.ofMillis(100));
    }
}
