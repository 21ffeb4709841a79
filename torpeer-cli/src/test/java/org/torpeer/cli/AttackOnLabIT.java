package org.torpeer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.Node;
import org.torpeer.api.ProofRequirement;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;
import org.torpeer.node.NodeBuilder;
import org.torpeer.node.TorPeer;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AdversarialPeer;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.BadRecords;
import org.torpeer.testkit.adversary.BogusAnnouncements;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.ProtobufBombs;
import org.torpeer.testkit.adversary.RecordMaker;
import org.torpeer.testkit.adversary.Transcript;
import org.torpeer.testkit.adversary.Waiting;
import org.torpeer.transport.tor.TorLab;
import org.torpeer.transport.tor.TorLabClient;
import org.torpeer.transport.tor.TorLabOptions;

/** The adversary over real onion services: what the node withstands in memory it withstands there. */
final class AttackOnLabIT {
    private static final NetworkId NETWORK = NetworkId.of("lab-attack");
    private static final ProofRequirement EASY = new ProofRequirement("sha256", "", 8, 0);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SLOW = 20;

    private final Random random = TestSeed.random("AttackOnLabIT");

    @TempDir
    Path folder;

    @Test
    @DisplayName("a node behind an onion service is attacked over onion services, and lets an honest peer in meanwhile")
    void withstandsTheAdversary() throws Exception {
        NodeRuntime runtime = NodeRuntime.system("attack");
        try (TorLab lab = TorLab.start(TorLabOptions.in(folder.resolve("lab")).clients(2), runtime)
                        .await(Duration.ofMinutes(3));
                Node node = node(lab.clients().get(0)).start();
                Transport host = open(lab.clients().get(1), runtime)) {
            AdversarialPeer mallory = new AdversarialPeer(host, random, Waiting.atMost(PATIENCE));
            RecordMaker maker =
                    new RecordMaker(NETWORK, EASY, node.record().content().issued());
            replays(mallory, node, maker);
            bogusRecords(mallory, node, maker);
            forgedRecords(mallory, node, maker);
            bombsAndLengths(mallory, node, maker);
            whileSlowOnesHoldOn(mallory, node, lab.clients().get(1));
            assertThat(node.peers()).as("nobody but who came in person").hasSizeLessThan(20);
        } finally {
            runtime.close();
        }
    }

    private void replays(AdversarialPeer mallory, Node node, RecordMaker maker) {
        Transcript recorded;
        try (AttackingSession session = mallory.dial(node.endpoint())) {
            recorded = session.authenticate(persona(maker));
        }
        try (AttackingSession replay = mallory.dial(node.endpoint())) {
            replay.sendMessage(recorded.hello());
            assertThat(replay.receive()).isNotNull();
            replay.sendMessage(recorded.auth());
            assertThat(replay.receive()).as("no verdict").isNull();
        }
    }

    private void bogusRecords(AdversarialPeer mallory, Node node, RecordMaker maker) {
        BogusAnnouncements bogus = new BogusAnnouncements(maker, random);
        try (AttackingSession session = mallory.connect(node.endpoint(), persona(maker))) {
            for (int i = 0; i < 10; i++) {
                session.sendBytes(bogus.next(500));
            }
            session.send(new Frame.GetPeers(1, Frame.MAX_RECORDS));
        }
        assertThat(node.peers().size()).isLessThan(10);
    }

    private void forgedRecords(AdversarialPeer mallory, Node node, RecordMaker maker) {
        BadRecords bad = new BadRecords(maker, random);
        List<SignedPeerRecord> forged = List.of(
                bad.forged(),
                bad.signedByAnother(),
                bad.proofOfAnotherKey(),
                bad.ofSmallOrderKeys().get(0));
        for (SignedPeerRecord record : forged) {
            try (AttackingSession session = mallory.connect(node.endpoint(), persona(maker))) {
                session.offer(List.of(record));
                session.awaitClose();
            }
        }
        assertThat(node.peers())
                .extracting(KnownPeer::id)
                .doesNotContainAnyElementsOf(
                        forged.stream().map(SignedPeerRecord::peer).toList());
    }

    private void bombsAndLengths(AdversarialPeer mallory, Node node, RecordMaker maker) {
        try (AttackingSession session = mallory.dial(node.endpoint())) {
            session.sendMessage(ProtobufBombs.nestedMessages(HandshakeCodec.MAX_BYTES));
            session.awaitClose();
            assertThat(session.receivedBytes()).isZero();
        }
        try (AttackingSession session = mallory.connect(node.endpoint(), persona(maker))) {
            session.sendBytes(ByteBuffer.allocate(4)
                    .putInt(FrameReader.AFTER_AUTHENTICATION + 1)
                    .array());
            session.awaitClose();
        }
    }

    /** A byte each, and then nothing. */
    private void whileSlowOnesHoldOn(AdversarialPeer mallory, Node node, TorLabClient client) throws Exception {
        List<AttackingSession> slow = new ArrayList<>();
        try {
            for (int i = 0; i < SLOW; i++) {
                AttackingSession session = mallory.dial(node.endpoint());
                session.sendBytes(new byte[1]);
                slow.add(session);
            }
            try (Node honest = node(client).start()) {
                honest.join(List.of(node.endpoint())).await(PATIENCE);
                byte[] body = {1, 2, 3};
                assertThat(honest.request(node.id(), "echo/1", body, PATIENCE).await(PATIENCE))
                        .isEqualTo(body);
            }
        } finally {
            slow.forEach(AttackingSession::close);
        }
    }

    private Persona persona(RecordMaker maker) {
        return maker.persona(SeedKey.generate(random));
    }

    private static NodeBuilder node(TorLabClient client) {
        return TorPeer.node(NETWORK.name())
                .proof(EASY)
                .transport("tor", client.settings())
                .handle("echo/1", (from, body) -> CompletableFuture.completedStage(body));
    }

    private Transport open(TorLabClient client, NodeRuntime runtime) throws Exception {
        Path place = Files.createDirectory(folder.resolve("mallory"));
        return Providers.transports()
                .require("tor")
                .open(new TransportContext(client.settings(), place, runtime))
                .await(PATIENCE);
    }
}
