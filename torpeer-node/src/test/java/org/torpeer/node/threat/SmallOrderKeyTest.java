package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.ServerOffer;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingListener;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.HandshakeForge;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.SmallOrderKey;

/** Keys nobody needs the private half of: whoever takes one takes it from everybody. */
class SmallOrderKeyTest {
    private final Random random = TestSeed.random("SmallOrderKeyTest");
    private final AttackedNode attacked = new AttackedNode(random);

    @AfterEach
    void theNodeStillServes() throws Exception {
        attacked.assertServes();
        attacked.close();
    }

    @Test
    void nobodyIsLetInUnderOne() {
        for (SmallOrderKey key : SmallOrderKey.all()) {
            try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
                Persona persona = attacked.maker.persona(key);
                byte[] hello = session.hello(persona);
                session.sendMessage(hello);
                byte[] answer = session.receive();
                assertThat(answer).isNotNull();
                session.sendMessage(HandshakeForge.auth(persona, attacked.node.id(), hello, answer));
                assertThat(session.receive()).as("no verdict for %s", key.id()).isNull();
            }
        }
        assertThat(attacked.node.peers()).isEmpty();
    }

    @Test
    void nobodyIsPassedOnUnderOne() {
        List<SignedPeerRecord> records = attacked.bad.ofSmallOrderKeys();
        for (SignedPeerRecord record : records) {
            try (AttackingSession session = attacked.authenticated()) {
                session.offer(List.of(record));
                session.awaitClose();
            }
        }
        attacked.assertHasNotHeardOf(records);
    }

    @Test
    void nobodyIsJoinedThroughUnderOne() {
        SmallOrderKey key = SmallOrderKey.all().get(0);
        Persona persona = attacked.maker.persona(key);
        try (AttackingListener listener = attacked.mallory.listen(persona, Endpoint.DEFAULT_PORT)) {
            attacked.node.join(List.of(new Endpoint(key.id(), Endpoint.DEFAULT_PORT)));
            AttackingSession session = listener.accept();
            byte[] hello = session.receive();
            assertThat(hello).isNotNull();
            ServerOffer offer = new ServerOffer(1, List.of(1), 0, new byte[32], persona.record());
            session.sendMessage(HandshakeForge.serverHello(key, persona.network(), hello, offer));
            assertThat(session.receive()).isNull();
        }
        assertThat(attacked.node.peers()).noneMatch(KnownPeer::verified);
    }
}
