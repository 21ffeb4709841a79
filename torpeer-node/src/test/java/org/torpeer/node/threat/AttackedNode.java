package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.node.LoopbackNodes.PATIENCE;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.node.NodeBuilder;
import org.torpeer.node.TorPeer;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.adversary.AdversarialPeer;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.BadRecords;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.RecordMaker;
import org.torpeer.testkit.adversary.Waiting;
import org.torpeer.transport.loopback.LoopbackNetwork;

/** A running node on an in-memory network, Mallory beside it, and what the node must be like after an attack. */
final class AttackedNode implements AutoCloseable {
    static final NetworkId NETWORK = NetworkId.of(LoopbackNodes.NETWORK);

    final Random random;
    final LoopbackNodes nodes;
    final Node node;
    final AdversarialPeer mallory;
    final RecordMaker maker;
    final BadRecords bad;
    private final NodeRuntime runtime = NodeRuntime.system("mallory");
    private final Transport transport;

    AttackedNode(Random random) {
        this(random, LoopbackNodes.EASY, new LoopbackNodes(random));
    }

    AttackedNode(Random random, ProofRequirement requirement, LoopbackNodes nodes) {
        this(random, requirement, nodes, participant(nodes, requirement));
    }

    /**
     * @param attacked not started yet
     */
    AttackedNode(Random random, ProofRequirement requirement, LoopbackNodes nodes, NodeBuilder attacked) {
        this.random = random;
        this.nodes = nodes;
        node = nodes.start(attacked);
        LoopbackNetwork network = LoopbackNetwork.named(nodes.loopback).orElseThrow();
        transport = network.attach(runtime);
        mallory = new AdversarialPeer(transport, random, Waiting.atMost(PATIENCE));
        maker = new RecordMaker(NETWORK, requirement, node.record().content().issued());
        bad = new BadRecords(maker, random);
    }

    static NodeBuilder participant(LoopbackNodes nodes, ProofRequirement requirement) {
        return echoing(TorPeer.node(LoopbackNodes.NETWORK)
                .proof(requirement)
                .transport("loopback", Map.of("network", nodes.loopback)));
    }

    /** A node that waits a tenth of the time for anything. */
    static AttackedNode hasty(Random random, ProofRequirement requirement) {
        LoopbackNodes nodes = new LoopbackNodes(random);
        return new AttackedNode(
                random, requirement, nodes, echoing(nodes.hasty().proof(requirement)));
    }

    private static NodeBuilder echoing(NodeBuilder builder) {
        return builder.handle("echo/1", (from, body) -> CompletableFuture.completedStage(body));
    }

    SeedKey newKey() {
        return SeedKey.generate(random);
    }

    Persona newPersona() {
        return maker.persona(newKey());
    }

    /** A session of a stranger with a proof of its own. */
    AttackingSession authenticated() {
        return mallory.connect(node.endpoint(), newPersona());
    }

    /** Tells the node of a peer and waits until it has taken it, and so has looked at all that was told before. */
    void tellAndWait(AttackingSession session, SignedPeerRecord genuine) throws Exception {
        assertThat(session.offer(List.of(genuine))).isTrue();
        LoopbackNodes.await(node, () -> hasHeardOf(genuine.peer()), "a genuine record was taken");
    }

    boolean hasHeardOf(PeerId peer) {
        return node.peers().stream().anyMatch(known -> known.id().equals(peer));
    }

    void assertHasNotHeardOf(List<SignedPeerRecord> records) {
        assertThat(node.peers())
                .extracting(KnownPeer::id)
                .doesNotContainAnyElementsOf(
                        records.stream().map(SignedPeerRecord::peer).toList());
    }

    /** An honest peer is let in, and answered. */
    void assertServes(Node honest) throws Exception {
        honest.join(List.of(node.endpoint())).await(PATIENCE);
        byte[] body = {1, 2, 3};
        assertThat(honest.request(node.id(), "echo/1", body, PATIENCE).await(PATIENCE))
                .isEqualTo(body);
    }

    /** As {@link #assertServes} of a newcomer. */
    void assertServes() throws Exception {
        Node honest = nodes.start(participant(nodes, maker.requirement()));
        assertServes(honest);
        honest.close();
    }

    @Override
    public void close() {
        nodes.close();
        transport.close();
        runtime.close();
    }
}
