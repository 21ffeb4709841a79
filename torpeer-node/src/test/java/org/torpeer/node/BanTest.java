package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.torpeer.node.LoopbackNodes.PATIENCE;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.JoinException;
import org.torpeer.api.Node;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.Proof;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;

/** Who misbehaves is kept out, by key, for a while and across restarts; nobody else is, and nobody by a forgery. */
class BanTest {
    @TempDir
    Path folder;

    private final Random random = TestSeed.random("BanTest");
    private final LoopbackNodes nodes = new LoopbackNodes(random);
    private final NodeRuntime clock = NodeRuntime.system("clock");
    private final TestIdentities identities =
            new TestIdentities(random, clock.clock().instant());
    private final SeedKey malloryKey = identities.key();

    @AfterEach
    void close() {
        nodes.close();
        clock.close();
    }

    @Test
    void whoPassesForgedRecordsOnIsBannedAlsoAfterARestartAndNobodyElseIs() throws Exception {
        Node bystander = nodes.participant();
        Node victim = nodes.builder().data(folder).start();
        Endpoint endpoint = victim.endpoint();
        try {
            misbehaveUntilBanned(victim);
        } finally {
            victim.close();
        }
        try (Node again = nodes.builder().data(folder).start()) {
            assertThat(again.endpoint()).isEqualTo(endpoint);
            Verdict verdict = verdict(again, malloryKey);
            assertThat(verdict.code()).isEqualTo(VerdictCode.BANNED);
            assertThat(verdict.retryAfterSeconds()).isBetween(86_000, Verdict.MAX_RETRY_AFTER_SECONDS);
            assertThat(bystander.join(List.of(endpoint)).await(PATIENCE)).isPositive();
            assertThat(verdict(again, identities.key()).code())
                    .as("another key from the same address")
                    .isEqualTo(VerdictCode.ACCEPT);
            assertThat(Doorkeeper.of(again).drops()).containsEntry(Drop.DIALER_BANNED, 1L);
        }
    }

    @Test
    void oversizeFramesAndPeersThatNobodyAskedForCountAgainstTheirSender() throws Exception {
        Node victim = nodes.participant();
        for (int i = 0; i < 2; i++) {
            try (RawPeer mallory = authenticated(victim, malloryKey)) {
                mallory.sendBytes(ByteBuffer.allocate(4)
                        .putInt(FrameReader.AFTER_AUTHENTICATION + 1)
                        .array());
                mallory.expectClosed();
            }
        }
        try (RawPeer mallory = authenticated(victim, malloryKey)) {
            mallory.send(new Frame.Peers(7, List.of()));
            mallory.expectClosed();
        }
        assertThat(verdict(victim, malloryKey).code()).isEqualTo(VerdictCode.BANNED);
        assertThat(Doorkeeper.of(victim).drops())
                .containsEntry(Drop.FRAME_MALFORMED, 2L)
                .containsEntry(Drop.PEERS_UNASKED, 1L);
    }

    @Test
    void aFloodOfRecordsThatNobodyAskedForBansItsSender() throws Exception {
        Node victim = nodes.participant();
        SignedPeerRecord known = identities.record(identities.key());
        try (RawPeer mallory = authenticated(victim, malloryKey)) {
            for (int i = 0; i < 12 * 1024; i++) {
                mallory.send(new Frame.Announce(known));
            }
            mallory.expectClosed();
        } catch (ExecutionException e) {
            assertThat(e)
                    .as("the connection was closed while we were still sending")
                    .isNotNull();
        }
        assertThat(verdict(victim, malloryKey).code()).isEqualTo(VerdictCode.BANNED);
    }

    @Test
    void whatIsSaidInANameBeforeItIsProvenIsHeldAgainstNobody() throws Exception {
        Node victim = nodes.participant();
        SeedKey honest = identities.key();
        OnionKey inItsName = signingAs(honest.id(), malloryKey);
        SignedPeerRecord record = identities.record(honest);
        Credentials stolen = new Credentials(
                TestIdentities.NETWORK,
                inItsName,
                TestIdentities.NETWORK.toBytes(),
                () -> record,
                Credentials.VERSIONS);
        for (int i = 0; i < 20; i++) {
            try (RawPeer mallory = new RawPeer(nodes.network(), victim.endpoint())) {
                assertThatThrownBy(() -> mallory.authenticate(stolen, victim.endpoint(), false, random))
                        .isInstanceOf(AssertionError.class);
                mallory.expectClosed();
            }
        }
        assertThat(verdict(victim, honest).code()).isEqualTo(VerdictCode.ACCEPT);
        assertThat(Doorkeeper.of(victim).rulings().await(PATIENCE).banned()).isEmpty();
        assertThat(Doorkeeper.of(victim).drops()).containsEntry(Drop.DOOR_BAD_SIGNATURE, 20L);
    }

    @Test
    void theOperatorBansEndsSessionsForgivesAndAllows() throws Exception {
        Node victim = nodes.participant();
        Doorkeeper door = Doorkeeper.of(victim);
        try (RawPeer mallory = authenticated(victim, malloryKey)) {
            door.ban(malloryKey.id(), Duration.ofHours(2)).await(PATIENCE);
            mallory.expectClosed();
        }
        assertThat(verdict(victim, malloryKey).retryAfterSeconds()).isBetween(7100, 7201);
        assertThat(door.rulings().await(PATIENCE).banned()).containsOnlyKeys(malloryKey.id());
        assertThat(door.pardon(malloryKey.id()).await(PATIENCE)).isTrue();
        assertThat(door.pardon(malloryKey.id()).await(PATIENCE)).isFalse();
        door.allow(malloryKey.id()).await(PATIENCE);
        for (int i = 0; i < 4; i++) {
            forge(victim);
        }
        assertThat(verdict(victim, malloryKey).code()).isEqualTo(VerdictCode.ACCEPT);
        assertThat(door.rulings().await(PATIENCE).allowed()).containsExactly(malloryKey.id());
    }

    @Test
    void theOperatorsMistakesAreRefused() {
        Node victim = nodes.participant();
        Doorkeeper door = Doorkeeper.of(victim);
        for (Duration bad : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> door.ban(malloryKey.id(), bad).await(PATIENCE))
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThatThrownBy(() -> door.ban(victim.id(), Duration.ofHours(1)).await(PATIENCE))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aBannedPeerIsNotDialed() {
        Node victim = nodes.participant();
        Node other = nodes.participant();
        Doorkeeper.of(victim).ban(other.id(), Duration.ofHours(1)).await(PATIENCE);
        assertThatThrownBy(() -> victim.join(List.of(other.endpoint())).await(PATIENCE))
                .isInstanceOf(JoinException.class)
                .hasMessageContaining("banned here");
        assertThat(Doorkeeper.of(victim).drops()).containsKey(Drop.DIAL_BANNED);
    }

    private void misbehaveUntilBanned(Node victim) throws Exception {
        forge(victim);
        assertThat(Doorkeeper.of(victim).rulings().await(PATIENCE).banned()).isEmpty();
        forge(victim);
        assertThat(Doorkeeper.of(victim).rulings().await(PATIENCE).banned()).containsOnlyKeys(malloryKey.id());
    }

    private void forge(Node victim) throws Exception {
        SignedPeerRecord forged = identities.record(
                identities.key(), r -> TestIdentities.withProof(r, new Proof("sha256", "", 99, 7, 0)));
        try (RawPeer mallory = authenticated(victim, malloryKey)) {
            mallory.send(new Frame.Announce(forged));
            mallory.expectClosed();
        }
    }

    private Verdict verdict(Node victim, SeedKey key) throws Exception {
        try (RawPeer peer = new RawPeer(nodes.network(), victim.endpoint())) {
            return peer.authenticate(identities.credentials(key), victim.endpoint(), false, random);
        }
    }

    private RawPeer authenticated(Node victim, SeedKey key) throws Exception {
        RawPeer peer = new RawPeer(nodes.network(), victim.endpoint());
        assertThat(peer.authenticate(identities.credentials(key), victim.endpoint(), false, random)
                        .code())
                .isEqualTo(VerdictCode.ACCEPT);
        return peer;
    }

    /** A key that goes by another's name. */
    private static OnionKey signingAs(PeerId id, OnionKey signer) {
        return new OnionKey() {
            @Override
            public PeerId id() {
                return id;
            }

            @Override
            public byte[] sign(byte[] message) {
                return signer.sign(message);
            }

            @Override
            public byte[] expanded() {
                return signer.expanded();
            }
        };
    }
}
