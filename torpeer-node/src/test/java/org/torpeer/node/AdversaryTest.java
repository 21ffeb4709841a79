package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.torpeer.node.LoopbackNodes.PATIENCE;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.PeerStatus;
import org.torpeer.api.Proof;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.TestIdentities;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.VerdictCode;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AdversarialPeer;
import org.torpeer.testkit.adversary.Altered;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.BadRecords;
import org.torpeer.testkit.adversary.ForeignKey;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.Waiting;

/** A running node under attack from its socket: it closes with a reason, its table does not change, it goes on. */
class AdversaryTest {
    private static final NetworkId NETWORK = TestIdentities.NETWORK;

    private final Random random = TestSeed.random("AdversaryTest");
    private final LoopbackNodes nodes = new LoopbackNodes(random);
    private final NodeRuntime clock = NodeRuntime.system("clock");
    private final Instant now = clock.clock().instant();
    private final TestIdentities identities = new TestIdentities(random, now);
    private final SeedKey malloryKey = identities.key();
    private final BadRecords bad = new BadRecords(identities.maker(), random);
    /** For what it lets one wait for. */
    private Node hasty;

    private Node victim;

    @BeforeEach
    void startVictim() {
        victim = nodes.participant();
        hasty = nodes.start(nodes.hasty());
    }

    @AfterEach
    void theVictimStillWorks() throws Exception {
        Node honest = nodes.participant();
        honest.join(List.of(victim.endpoint())).await(PATIENCE);
        byte[] body = {1, 2, 3};
        assertThat(honest.request(victim.id(), "echo/1", body, PATIENCE).await(PATIENCE))
                .isEqualTo(body);
        nodes.close();
        clock.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, FrameReader.BEFORE_AUTHENTICATION + 1})
    void anImpossibleLengthEndsTheConnection(int length) throws Exception {
        try (RawPeer mallory = dialHasty()) {
            mallory.sendBytes(ByteBuffer.allocate(4).putInt(length).array());
            mallory.expectClosed();
        }
        assertThat(hasty.peers()).isEmpty();
    }

    @Test
    void garbageEndsTheConnection() throws Exception {
        List<RawPeer> talking = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            byte[] garbage = new byte[1 + random.nextInt(200)];
            random.nextBytes(garbage);
            RawPeer mallory = dialHasty();
            talking.add(mallory);
            mallory.sendMessage(garbage);
        }
        talking.forEach(RawPeer::expectClosed);
        talking.forEach(RawPeer::close);
        assertThat(hasty.peers()).isEmpty();
    }

    @Test
    void aRecordThatDoesNotHoldIsRefusedWithItsReason() throws Exception {
        Proof small = identities.proof(malloryKey, NETWORK, 1);
        assertThat(verdict(r -> TestIdentities.withProof(r, new Proof("sha256", "", 1, small.nonce(), 0))))
                .isEqualTo(VerdictCode.PROOF_TOO_SMALL);
        assertThat(verdict(r -> TestIdentities.withProof(r, new Proof("sha256", "", 255, small.nonce(), 0))))
                .isEqualTo(VerdictCode.PROOF_TOO_SMALL);
        assertThat(verdict(r -> TestIdentities.issuedAt(r, now.minus(Duration.ofDays(2)))))
                .isEqualTo(VerdictCode.BAD_RECORD);
        assertThat(verdict(r -> TestIdentities.issuedAt(r, now.plus(Duration.ofHours(1)))))
                .isEqualTo(VerdictCode.BAD_RECORD);
        assertThat(victim.peers()).isEmpty();
    }

    @Test
    void aForgedRecordEndsTheSessionOfWhoPassesItOn() throws Exception {
        SeedKey other = identities.key();
        SignedPeerRecord genuine = identities.record(other);
        byte[] broken = genuine.signature();
        broken[10] ^= 1;
        List<SignedPeerRecord> forged = List.of(
                new SignedPeerRecord(genuine.content(), genuine.payload(), broken),
                RecordCodec.sign(identities.content(other), NetworkId.of("elsewhere"), other),
                identities.record(
                        other,
                        r -> TestIdentities.withProof(r, claiming(100, identities.proof(malloryKey, NETWORK, 16)))),
                identities.record(other, r -> TestIdentities.withProof(r, new Proof("sha256", "", 200, 7, 0))),
                bad.ofSmallOrderKeys().get(0));
        List<PeerId> offenders = new ArrayList<>();
        for (SignedPeerRecord record : forged) {
            SeedKey offender = identities.key();
            offenders.add(offender.id());
            try (RawPeer mallory = authenticated(offender)) {
                mallory.send(new Frame.Announce(record));
                assertThat(mallory.receive(Frame.GoAway.class).reason()).isEqualTo(Frame.Reason.PROTOCOL_ERROR);
                mallory.expectClosed();
            }
        }
        assertThat(victim.peers()).extracting(KnownPeer::id).containsExactlyInAnyOrderElementsOf(offenders);
    }

    @Test
    void aRecordThatIsNotOfNowIsDroppedAndTheSessionGoesOn() throws Exception {
        SeedKey other = identities.key();
        try (RawPeer mallory = authenticated()) {
            mallory.send(new Frame.Announce(
                    identities.record(other, r -> TestIdentities.issuedAt(r, now.plus(Duration.ofHours(1))))));
            mallory.send(new Frame.Announce(
                    identities.record(other, r -> TestIdentities.issuedAt(r, now.minus(Duration.ofDays(3))))));
            mallory.send(new Frame.Ping(42));
            assertThat(mallory.receive(Frame.Pong.class).token()).isEqualTo(42);
        }
        assertThat(victim.peers()).extracting(KnownPeer::id).containsExactly(malloryKey.id());
    }

    @Test
    void anonymousDialersDoNotTakeThePlacesOfOthers() throws Exception {
        List<RawPeer> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                strangers.add(dial());
                assertThat(anonymousVerdict(strangers.get(i))).isEqualTo(VerdictCode.ACCEPT);
            }
            strangers.add(dial());
            assertThat(anonymousVerdict(strangers.get(4))).isEqualTo(VerdictCode.BUSY);
            Node honest = nodes.participant();
            assertThat(honest.join(List.of(victim.endpoint())).await(PATIENCE)).isEqualTo(1);
        } finally {
            strangers.forEach(RawPeer::close);
        }
    }

    @Test
    void silentConnectionsMakeRoomForOnesThatSpeak() throws Exception {
        List<RawPeer> silent = new ArrayList<>();
        try {
            for (int i = 0; i < 40; i++) {
                silent.add(dialHasty());
            }
            Node honest = nodes.participant();
            assertThat(honest.join(List.of(hasty.endpoint())).await(PATIENCE)).isEqualTo(1);
            assertThat(Doorkeeper.of(hasty).drops().get(Drop.DOOR_CROWDED)).isGreaterThanOrEqualTo(8);
            silent.get(0).expectClosed();
        } finally {
            silent.forEach(RawPeer::close);
        }
    }

    @Test
    void aNewerSessionOfTheSameDialerEndsTheOlder() throws Exception {
        try (RawPeer first = authenticated();
                RawPeer second = authenticated()) {
            assertThat(first.receive(Frame.GoAway.class).reason()).isEqualTo(Frame.Reason.DUPLICATE);
            second.send(new Frame.Ping(3));
            assertThat(second.receive(Frame.Pong.class).token()).isEqualTo(3);
        }
    }

    @Test
    void aPortThatWasNotDialedIsNotPassedOn() throws Exception {
        SignedPeerRecord elsewhere = identities.record(malloryKey, record -> Altered.port(record, 2222));
        Persona persona = new Persona(NETWORK, malloryKey, elsewhere);
        try (Transport host = nodes.network().attach(clock);
                AttackingListener mallory =
                        new AdversarialPeer(host, random, Waiting.atMost(PATIENCE)).listen(persona, 1111)) {
            victim.join(List.of(new Endpoint(malloryKey.id(), 1111)));
            mallory.accept().admit(persona);
            LoopbackNodes.await(victim, () -> status(malloryKey.id()) == PeerStatus.OFFLINE, "dialed where it says");
            assertThat(LoopbackNodes.knows(victim, malloryKey.id())).isFalse();
        }
    }

    @Test
    void nobodySaysGoodbyeForSomebodyElse() throws Exception {
        Node honest = nodes.participant();
        honest.join(List.of(victim.endpoint())).await(PATIENCE);
        LoopbackNodes.await(victim, () -> LoopbackNodes.knows(victim, honest.id()), "verified");
        PeerRecord leaving = TestIdentities.withState(honest.record().content(), PeerState.LEAVING, Long.MAX_VALUE);
        SignedPeerRecord forged = RecordCodec.sign(leaving, NETWORK, new ForeignKey(honest.id(), malloryKey));
        try (RawPeer mallory = authenticated()) {
            mallory.send(new Frame.Announce(forged));
            mallory.expectClosed();
        }
        assertThat(status(honest.id())).isEqualTo(PeerStatus.ONLINE);
    }

    @Test
    void aFrameOverTheLimitEndsTheSession() throws Exception {
        try (RawPeer mallory = authenticated()) {
            mallory.sendBytes(ByteBuffer.allocate(4)
                    .putInt(FrameReader.AFTER_AUTHENTICATION + 1)
                    .array());
            mallory.expectClosed();
        }
    }

    @Test
    void anUnknownFrameIsSkippedUnlessItSaysOtherwise() throws Exception {
        try (RawPeer mallory = authenticated()) {
            mallory.sendMessage(new byte[] {0x7e, 1, 2, 3});
            mallory.send(new Frame.Ping(5));
            assertThat(mallory.receive(Frame.Pong.class).token()).isEqualTo(5);
            mallory.sendMessage(new byte[] {(byte) 0xfe, 1, 2, 3});
            assertThat(mallory.receive(Frame.GoAway.class).reason()).isEqualTo(Frame.Reason.PROTOCOL_ERROR);
            mallory.expectClosed();
        }
    }

    @Test
    void peersThatNobodyAskedForEndTheSession() throws Exception {
        try (RawPeer mallory = authenticated()) {
            mallory.send(new Frame.Peers(77, List.of(identities.record(identities.key()))));
            mallory.expectClosed();
        }
    }

    @Test
    void whoAsksWithoutEndIsSentAway() throws Exception {
        try (RawPeer mallory = authenticated()) {
            for (int i = 0; i < 40; i++) {
                mallory.send(new Frame.GetPeers(i, 128));
            }
            assertThat(mallory.receive(Frame.GoAway.class).reason()).isEqualTo(Frame.Reason.BUSY);
            mallory.expectClosed();
        }
    }

    @Test
    void anAnonymousDialerMayOnlyAskForPeers() throws Exception {
        try (RawPeer mallory = dial()) {
            mallory.authenticate(identities.credentials(malloryKey), victim.endpoint(), true, random);
            mallory.send(new Frame.GetPeers(1, 10));
            assertThat(mallory.receive(Frame.Peers.class).records()).isEmpty();
            mallory.send(new Frame.Request(1, "echo/1", new byte[1]));
            mallory.expectClosed();
        }
        assertThat(victim.peers()).isEmpty();
    }

    private RawPeer dialHasty() {
        return new RawPeer(nodes.network(), hasty.endpoint());
    }

    private RawPeer dial() throws Exception {
        return new RawPeer(nodes.network(), victim.endpoint());
    }

    private RawPeer authenticated() throws Exception {
        return authenticated(malloryKey);
    }

    private RawPeer authenticated(SeedKey key) throws Exception {
        RawPeer mallory = dial();
        assertThat(mallory.authenticate(identities.credentials(key), victim.endpoint(), false, random)
                        .code())
                .isEqualTo(VerdictCode.ACCEPT);
        return mallory;
    }

    private VerdictCode verdict(UnaryOperator<PeerRecord> change) throws Exception {
        SignedPeerRecord record = identities.record(malloryKey, change);
        Credentials credentials =
                new Credentials(NETWORK, malloryKey, NETWORK.toBytes(), () -> record, Credentials.VERSIONS);
        try (RawPeer mallory = dial()) {
            VerdictCode code = mallory.authenticate(credentials, victim.endpoint(), false, random)
                    .code();
            mallory.expectClosed();
            return code;
        }
    }

    private PeerStatus status(PeerId peer) {
        return victim.peers().stream()
                .filter(known -> known.id().equals(peer))
                .map(KnownPeer::status)
                .findFirst()
                .orElse(PeerStatus.UNKNOWN);
    }

    private VerdictCode anonymousVerdict(RawPeer peer) throws Exception {
        return peer.authenticate(identities.credentials(malloryKey), victim.endpoint(), true, random)
                .code();
    }

    private static Proof claiming(int bits, Proof proof) {
        return new Proof(proof.algorithm(), proof.parameters(), bits, proof.nonce(), proof.epoch());
    }
}
