package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.Node;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.HandshakeForge;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.Transcript;

/** Handshakes replayed, relayed and cut down, against running nodes. */
class HandshakeThreatTest {
    private final Random random = TestSeed.random("HandshakeThreatTest");
    private final AttackedNode attacked = AttackedNode.hasty(random, LoopbackNodes.EASY);

    @AfterEach
    void theNodeStillServes() throws Exception {
        attacked.assertServes();
        attacked.close();
    }

    @Test
    void aDialersMessagesShownAgainLetNobodyIn() {
        Transcript recorded;
        try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
            recorded = session.authenticate(attacked.newPersona());
        }
        try (AttackingSession replay = attacked.mallory.dial(attacked.node.endpoint())) {
            replay.sendMessage(recorded.hello());
            byte[] answer = replay.receive();
            assertThat(answer).as("with a nonce of its own").isNotNull().isNotEqualTo(recorded.serverHello());
            replay.sendMessage(recorded.auth());
            assertThat(replay.receive()).as("no verdict").isNull();
        }
    }

    @Test
    void anAcceptorsAnswerShownAgainIsNotBelieved() throws Exception {
        SeedKey key = attacked.newKey();
        Persona persona = attacked.maker.persona(key);
        try (AttackingListener listener = attacked.mallory.listen(persona, Endpoint.DEFAULT_PORT)) {
            Endpoint endpoint = new Endpoint(key.id(), Endpoint.DEFAULT_PORT);
            attacked.node.join(List.of(endpoint));
            Transcript recorded = listener.accept().admit(persona);
            Node other = attacked.nodes.participant();
            other.join(List.of(endpoint));
            try (AttackingSession replay = listener.accept()) {
                replay.receive();
                replay.sendMessage(recorded.serverHello());
                assertThat(replay.receive())
                        .as("the dialer shows nothing of itself")
                        .isNull();
            }
            assertThat(other.peers()).noneMatch(KnownPeer::verified);
        }
    }

    @Test
    void aHandshakeRelayedThroughAnotherOnionConvincesNeitherSide() throws Exception {
        Node alice = attacked.nodes.participant();
        Persona mallory = attacked.newPersona();
        try (AttackingListener listener = attacked.mallory.listen(mallory, Endpoint.DEFAULT_PORT);
                AttackingSession toBob = attacked.mallory.dial(attacked.node.endpoint())) {
            alice.join(List.of(new Endpoint(mallory.key().id(), Endpoint.DEFAULT_PORT)));
            AttackingSession fromAlice = listener.accept();
            byte[] hello = required(fromAlice.receive());

            // As Alice said it, it is not for Bob.
            toBob.sendMessage(hello);
            assertThat(toBob.receive()).isNull();

            // Readmitted with Alice's nonce, Bob answers; Mallory puts Bob's nonce into an answer of her own.
            try (AttackingSession again = attacked.mallory.dial(attacked.node.endpoint())) {
                byte[] readmitted = HandshakeForge.withVersions(
                        hello, List.of(1), AttackedNode.NETWORK.toBytes(), attacked.node.id());
                again.sendMessage(readmitted);
                ServerOffer bobs =
                        HandshakeCodec.decodeServerOffer(HandshakeCodec.decodeServerHello(required(again.receive()))
                                .offer());
                ServerOffer mine = new ServerOffer(1, bobs.versions(), 0, bobs.nonce(), mallory.record());
                fromAlice.sendMessage(HandshakeForge.serverHello(mallory.key(), AttackedNode.NETWORK, hello, mine));
                byte[] alicesProof = required(fromAlice.receive());
                again.sendMessage(alicesProof);
                assertThat(again.receive()).as("Bob demands his own key in it").isNull();
            }
        }
        assertThat(attacked.node.peers()).extracting(KnownPeer::id).doesNotContain(alice.id());
    }

    @Test
    void bobsOwnAnswerPassedOnToAliceIsNotTakenForMallorys() throws Exception {
        Node alice = attacked.nodes.participant();
        Persona mallory = attacked.newPersona();
        try (AttackingListener listener = attacked.mallory.listen(mallory, Endpoint.DEFAULT_PORT);
                AttackingSession toBob = attacked.mallory.dial(attacked.node.endpoint())) {
            alice.join(List.of(new Endpoint(mallory.key().id(), Endpoint.DEFAULT_PORT)));
            AttackingSession fromAlice = listener.accept();
            byte[] hello = required(fromAlice.receive());
            toBob.sendMessage(
                    HandshakeForge.withVersions(hello, List.of(1), AttackedNode.NETWORK.toBytes(), attacked.node.id()));
            fromAlice.sendMessage(required(toBob.receive()));
            assertThat(fromAlice.receive()).isNull();
        }
        assertThat(alice.peers()).isEmpty();
    }

    @Test
    void aStrippedVersionIsNoticedByTheDialer() {
        Persona persona = attacked.newPersona().withVersions(List.of(1, 9));
        try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
            byte[] sent = session.hello(persona);
            byte[] stripped = HandshakeForge.withVersions(sent, List.of(1), persona.secret(), attacked.node.id());
            session.sendMessage(stripped);
            byte[] answer = required(session.receive());
            assertThat(HandshakeForge.answers(answer, stripped, persona.network(), attacked.node.id()))
                    .isTrue();
            assertThat(HandshakeForge.answers(answer, sent, persona.network(), attacked.node.id()))
                    .as("what the dialer sent is in the signature")
                    .isFalse();
        }
    }

    @Test
    void aVersionTheNodeDoesNotSpeakIsNotAnswered() {
        for (List<Integer> versions : List.of(List.of(2), List.of(9, 255))) {
            Persona persona = attacked.newPersona().withVersions(versions);
            try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
                session.sendMessage(session.hello(persona));
                assertThat(session.receive()).isNull();
            }
        }
    }

    @Test
    void anAcceptorThatChoosesAVersionNobodyOfferedIsLeft() throws Exception {
        Persona persona = attacked.newPersona().withVersions(List.of(1, 2));
        try (AttackingListener listener = attacked.mallory.listen(persona, Endpoint.DEFAULT_PORT)) {
            attacked.node.join(List.of(new Endpoint(persona.key().id(), Endpoint.DEFAULT_PORT)));
            AttackingSession session = listener.accept();
            byte[] hello = required(session.receive());
            ServerOffer worse = new ServerOffer(2, List.of(1, 2), 0, HandshakeForge.nonce(random), persona.record());
            session.sendMessage(HandshakeForge.serverHello(persona.key(), persona.network(), hello, worse));
            assertThat(session.receive()).isNull();
        }
        assertThat(LoopbackNodes.knows(attacked.node, persona.key().id())).isFalse();
    }

    private static byte[] required(byte[] message) {
        assertThat(message).as("a message").isNotNull();
        return message;
    }
}
