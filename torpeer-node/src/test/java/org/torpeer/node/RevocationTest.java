package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.LoopbackNodes.PATIENCE;
import static org.torpeer.node.LoopbackNodes.await;
import static org.torpeer.node.LoopbackNodes.knows;

import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Proof;
import org.torpeer.api.RequestException;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityException;
import org.torpeer.node.identity.IdentityFile;
import org.torpeer.node.identity.Revocation;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.proto.Frame;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.ForeignKey;

class RevocationTest {
    private final Random random = TestSeed.random("RevocationTest");
    private final LoopbackNodes nodes = new LoopbackNodes(random);
    private final NodeRuntime clock = NodeRuntime.system("clock");
    private final TestIdentities identities =
            new TestIdentities(random, clock.clock().instant());

    @AfterEach
    void closeNodes() {
        nodes.close();
        clock.close();
    }

    @Test
    void whoeverHasTheCertificateEndsTheIdentityForEverybody(@TempDir Path folder) throws Exception {
        Path lostData = folder.resolve("lost");
        Path keptData = folder.resolve("kept");
        Node router = nodes.router();
        Node kept = nodes.start(nodes.builder().data(keptData));
        CompletableFuture<SignedPeerRecord> told = new CompletableFuture<>();
        Node lost = nodes.start(nodes.builder().data(lostData).listener(new NodeListener() {
            @Override
            public void identityRevoked(SignedPeerRecord certificate) {
                told.complete(certificate);
            }
        }));
        PeerId id = lost.id();
        kept.join(List.of(router.endpoint())).await(PATIENCE);
        lost.join(List.of(router.endpoint())).await(PATIENCE);
        await(kept, () -> knows(kept, id), "discovered");
        SignedPeerRecord certificate =
                Revocation.certificate(IdentityFile.in(lostData).load());

        kept.publish(certificate).await(PATIENCE);

        await(kept, () -> status(kept, id) == PeerStatus.REVOKED, "revoked where it was published");
        await(router, () -> status(router, id) == PeerStatus.REVOKED, "revoked by those told");
        assertThat(told.get(20, TimeUnit.SECONDS)).isEqualTo(certificate);
        lost.close();
        assertThatThrownBy(() -> nodes.builder().data(lostData).start())
                .isInstanceOf(IdentityException.class)
                .hasMessageContaining("was revoked");
        assertThatThrownBy(
                        () -> kept.request(id, "echo/1", new byte[1], PATIENCE).await(PATIENCE))
                .isInstanceOf(RequestException.class)
                .hasMessageContaining("revoked");

        kept.close();
        Node again = nodes.start(nodes.builder().data(keptData));
        assertThat(status(again, id)).as("remembered").isEqualTo(PeerStatus.REVOKED);
    }

    @Test
    void aRevokedPeerDoesNotComeBackAndWhoRepeatsItIsTold() throws Exception {
        Node victim = nodes.participant();
        SeedKey stolen = identities.key();
        SignedPeerRecord certificate = certificate(stolen);
        victim.publish(certificate).await(PATIENCE);

        try (RawPeer thief = new RawPeer(nodes.network(), victim.endpoint())) {
            assertThat(thief.authenticate(identities.credentials(stolen), victim.endpoint(), false, random)
                            .code())
                    .isEqualTo(VerdictCode.REVOKED);
        }
        SeedKey gossip = identities.key();
        SignedPeerRecord newer = identities.record(
                stolen, r -> TestIdentities.withState(r, PeerState.ACTIVE, RecordCodec.HANDOVER_SEQUENCE));
        try (RawPeer peer = authenticated(victim, gossip)) {
            peer.send(new Frame.Announce(newer));
            assertThat(peer.receive(Frame.Announce.class).record()).isEqualTo(certificate);
            peer.send(new Frame.GetPeers(1, 128));
            assertThat(peer.receive(Frame.Peers.class).records())
                    .extracting(SignedPeerRecord::peer)
                    .doesNotContain(stolen.id());
        }
        assertThat(status(victim, stolen.id())).isEqualTo(PeerStatus.REVOKED);
        assertThat(victim.publish(certificate).await(PATIENCE)).as("again").isNotNegative();
    }

    @Test
    void aCertificateThatIsNotGenuineRevokesNobody() throws Exception {
        Node router = nodes.router();
        Node honest = nodes.participant();
        honest.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> knows(router, honest.id()), "verified");
        SeedKey mallory = identities.key();
        SignedPeerRecord ofMallory = certificate(mallory);
        byte[] broken = ofMallory.signature();
        broken[5] ^= 1;
        SignedPeerRecord forged = new SignedPeerRecord(ofMallory.content(), ofMallory.payload(), broken);
        SignedPeerRecord inTheNameOfAnother = RecordCodec.sign(
                TestIdentities.withState(honest.record().content(), PeerState.REVOKED, RecordCodec.REVOKED_SEQUENCE),
                TestIdentities.NETWORK,
                new ForeignKey(honest.id(), mallory));
        SignedPeerRecord elsewhere = RecordCodec.sign(
                TestIdentities.withState(identities.content(mallory), PeerState.REVOKED, -1),
                NetworkId.of("elsewhere"),
                mallory);
        SeedKey free = identities.key();
        SignedPeerRecord withoutWork = RecordCodec.sign(
                TestIdentities.withProof(certificate(free).content(), new Proof("sha256", "", 100, 1, 0)),
                TestIdentities.NETWORK,
                free);
        for (SignedPeerRecord bogus : List.of(forged, inTheNameOfAnother, elsewhere, withoutWork)) {
            assertThatThrownBy(() -> router.publish(bogus).await(PATIENCE)).isInstanceOf(TorPeerException.class);
        }
        assertThatThrownBy(() -> router.publish(honest.record())).isInstanceOf(InvalidInputException.class);
        for (SignedPeerRecord bogus : List.of(forged, inTheNameOfAnother, elsewhere)) {
            try (RawPeer peer = authenticated(router, identities.key())) {
                peer.send(new Frame.Announce(bogus));
                peer.expectClosed();
            }
        }
        assertThat(router.peers()).extracting(KnownPeer::status).doesNotContain(PeerStatus.REVOKED);
        assertThat(knows(router, honest.id())).isTrue();
    }

    @Test
    void aRevocationBeatsAHandoverWhicheverComesFirst() throws Exception {
        Node node = nodes.participant();
        SeedKey old = identities.key();
        SeedKey thief = identities.key();
        SignedPeerRecord handover = RotationEndToEndTest.handover(identities, old, thief, thief);
        try (RawPeer peer = authenticated(node, old)) {
            peer.send(new Frame.Announce(handover));
            await(node, () -> status(node, old.id()) == PeerStatus.LEFT, "handed over");
            node.publish(certificate(old)).await(PATIENCE);
            assertThat(status(node, old.id())).isEqualTo(PeerStatus.REVOKED);
        }
        try (RawPeer peer = authenticated(node, identities.key())) {
            peer.send(new Frame.Announce(handover));
            assertThat(peer.receive(Frame.Announce.class).record()).isEqualTo(certificate(old));
        }
        assertThat(status(node, old.id())).isEqualTo(PeerStatus.REVOKED);
    }

    private SignedPeerRecord certificate(SeedKey key) {
        return Revocation.certificate(
                new Identity(key, TestIdentities.NETWORK, identities.proof(key, TestIdentities.NETWORK, 8)));
    }

    private RawPeer authenticated(Node target, SeedKey key) throws Exception {
        RawPeer peer = new RawPeer(nodes.network(), target.endpoint());
        assertThat(peer.authenticate(identities.credentials(key), target.endpoint(), false, random)
                        .code())
                .isEqualTo(VerdictCode.ACCEPT);
        return peer;
    }

    static PeerStatus status(Node node, PeerId of) {
        return node.peers().stream()
                .filter(peer -> peer.id().equals(of))
                .map(KnownPeer::status)
                .findFirst()
                .orElse(PeerStatus.UNKNOWN);
    }
}
