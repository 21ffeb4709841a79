package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.node.LoopbackNodes.PATIENCE;
import static org.torpeer.node.LoopbackNodes.await;
import static org.torpeer.node.LoopbackNodes.knows;
import static org.torpeer.node.RevocationTest.status;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Attributes;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.Successor;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.identity.IdentityMaker;
import org.torpeer.node.identity.Rotation;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.proto.Frame;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

class RotationEndToEndTest {
    private final Random random = TestSeed.random("RotationEndToEndTest");
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
    void peersFollowToTheSuccessor(@TempDir Path data) throws Exception {
        Node router = nodes.router();
        Node friend = nodes.participant();
        friend.join(List.of(router.endpoint())).await(PATIENCE);
        Node before = nodes.builder().data(data).passphrase("p".toCharArray()).start();
        before.join(List.of(router.endpoint())).await(PATIENCE);
        PeerId old = before.id();
        await(router, () -> knows(router, old), "verified");
        await(friend, () -> knows(friend, old), "verified by the friend, too");
        int port = before.endpoint().port();
        before.close();

        Identity successor = new IdentityMaker(clock)
                .create(TestIdentities.NETWORK, LoopbackNodes.EASY, 1)
                .await(PATIENCE);
        Rotation.rotate(data, successor, port, "p".toCharArray(), clock.clock().instant());
        Node after = nodes.start(nodes.builder().data(data).passphrase("p".toCharArray()));
        assertThat(after.id()).isEqualTo(successor.id());

        await(router, () -> status(router, old) == PeerStatus.REPLACED, "replaced");
        await(router, () -> knows(router, after.id()), "followed");
        await(friend, () -> status(friend, old) == PeerStatus.REPLACED, "passed on");
        await(friend, () -> knows(friend, after.id()), "followed by the friend, too");
        Node newcomer = nodes.participant();
        newcomer.join(List.of(router.endpoint())).await(PATIENCE);
        assertThat(newcomer.peers()).extracting(KnownPeer::id).doesNotContain(old);
    }

    @Test
    void whoMissedTheFirstHandoverFollowsToTheLastKey(@TempDir Path data, @TempDir Path away) throws Exception {
        Node router = nodes.router();
        Node friend = nodes.builder().data(away).start();
        Node before = nodes.builder().data(data).start();
        friend.join(List.of(router.endpoint())).await(PATIENCE);
        before.join(List.of(router.endpoint())).await(PATIENCE);
        PeerId old = before.id();
        int port = before.endpoint().port();
        await(friend, () -> knows(friend, old), "verified by the friend");
        friend.close();
        before.close();

        PeerId middle = rotate(data, port);
        Node between = nodes.builder().data(data).start();
        between.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> status(router, old) == PeerStatus.REPLACED, "replaced");
        between.close();

        PeerId last = rotate(data, port);
        Node after = nodes.start(nodes.builder().data(data));
        assertThat(after.id()).isEqualTo(last);
        after.join(List.of(router.endpoint())).await(PATIENCE);
        await(router, () -> status(router, middle) == PeerStatus.REPLACED, "followed twice");

        Node back = nodes.start(nodes.builder().data(away));
        await(back, () -> status(back, old) == PeerStatus.REPLACED, "followed past the key it never met");
        assertThat(knows(back, last)).isTrue();
    }

    private PeerId rotate(Path data, int port) {
        Identity successor = new IdentityMaker(clock)
                .create(TestIdentities.NETWORK, LoopbackNodes.EASY, 1)
                .await(PATIENCE);
        Rotation.rotate(data, successor, port, new char[0], clock.clock().instant());
        return successor.id();
    }

    @Test
    void nobodyFollowsToAKeyThatDidNotConsentOrCannotBeReached() throws Exception {
        Node victim = nodes.participant();
        Node honest = nodes.participant();
        SeedKey mallory = identities.key();
        SeedKey other = identities.key();
        int dialed = honest.peers().size();
        try (RawPeer peer = new RawPeer(nodes.network(), victim.endpoint())) {
            assertThat(peer.authenticate(identities.credentials(mallory), victim.endpoint(), false, random)
                            .code())
                    .isEqualTo(VerdictCode.ACCEPT);
            // In the name of an honest node that knows nothing of it.
            PeerRecord claimed = content(
                    identities,
                    mallory,
                    new Successor(
                            honest.id(),
                            RecordCodec.consent(other, mallory.id(), TestIdentities.NETWORK)
                                    .signature()));
            peer.send(new Frame.Announce(RecordCodec.sign(claimed, TestIdentities.NETWORK, mallory)));
            peer.expectClosed();
            assertThat(status(victim, mallory.id())).isNotEqualTo(PeerStatus.LEFT);
        }
        assertThat(honest.peers()).hasSize(dialed);
        assertThat(victim.peers()).extracting(KnownPeer::id).doesNotContain(honest.id());
    }

    @Test
    void hearsayIsNotFollowed() throws Exception {
        Node victim = nodes.participant();
        SeedKey old = identities.key();
        SeedKey next = identities.key();
        try (RawPeer peer = new RawPeer(nodes.network(), victim.endpoint())) {
            assertThat(peer.authenticate(identities.credentials(old), victim.endpoint(), false, random)
                            .code())
                    .isEqualTo(VerdictCode.ACCEPT);
            // It dialed us, but we never reached it ourselves.
            peer.send(new Frame.Announce(handover(identities, old, next, next)));
            await(victim, () -> status(victim, old.id()) == PeerStatus.LEFT, "left");
        }
        assertThat(victim.peers()).extracting(KnownPeer::id).containsExactly(old.id());
        assertThat(victim.peers()).noneMatch(KnownPeer::verified);
    }

    static SignedPeerRecord handover(TestIdentities identities, SeedKey old, SeedKey next, SeedKey consenting) {
        Successor successor = RecordCodec.consent(consenting, old.id(), TestIdentities.NETWORK);
        Successor named = new Successor(next.id(), successor.signature());
        return RecordCodec.sign(content(identities, old, named), TestIdentities.NETWORK, old);
    }

    private static PeerRecord content(TestIdentities identities, SeedKey old, Successor successor) {
        PeerRecord plain = identities.content(old);
        return new PeerRecord(
                plain.endpoint(),
                RecordCodec.HANDOVER_SEQUENCE,
                plain.issued(),
                Duration.ofDays(7),
                PeerState.LEAVING,
                plain.role(),
                List.of(),
                plain.proof(),
                Attributes.NONE,
                successor);
    }
}
