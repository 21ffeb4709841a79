package org.torpeer.node.threat;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.torpeer.api.Endpoint;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.LoopbackNodes;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.VerdictCode;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.HandshakeForge;
import org.torpeer.testkit.adversary.Persona;

/**
 * Whether an onion service is a node of a private network: whoever does not know the secret hears of it what it would hear
 * of a service that closes whatever it is told, which is nothing.
 */
class PresenceProbeTest {
    private final Random random = TestSeed.random("PresenceProbeTest");
    private final byte[] secret = bytes(32);
    private final LoopbackNodes nodes = new LoopbackNodes(random);
    private final AttackedNode attacked = new AttackedNode(
            random,
            LoopbackNodes.EASY,
            nodes,
            AttackedNode.participant(nodes, LoopbackNodes.EASY).secret(secret));
    private final Persona stranger = attacked.newPersona();

    @AfterEach
    void close() {
        attacked.close();
    }

    @Test
    void aStrangerHearsNothingWhateverItSays() throws Exception {
        Map<String, byte[]> probes = new LinkedHashMap<>();
        byte[] nonce = HandshakeForge.nonce(random);
        List<Integer> versions = List.of(1);
        Endpoint target = attacked.node.endpoint();
        byte[] byName = HandshakeForge.hello(AttackedNode.NETWORK.toBytes(), versions, nonce, target.peer());
        probes.put("the network's name without its secret", byName);
        probes.put("another secret", HandshakeForge.hello(bytes(32), versions, nonce, target.peer()));
        probes.put("a version of the future", HandshakeForge.hello(bytes(32), List.of(200), nonce, target.peer()));
        probes.put(
                "the secret, for another address",
                HandshakeForge.hello(secret, versions, nonce, stranger.key().id()));
        probes.put("noise of the same length", bytes(byName.length));
        probes.put("a byte", bytes(1));
        probes.put("the longest message", bytes(FrameReader.BEFORE_AUTHENTICATION));
        probes.forEach((what, message) -> assertSilent(what, FrameReader.frame(message)));
        assertSilent("HTTP", "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertSilent("TLS", new byte[] {0x16, 3, 1, 0, (byte) 0xc8, 1, 0, 0, (byte) 0xc4, 3, 3});
        assertThat(attacked.node.peers()).isEmpty();
        assertMembersAreServed();
    }

    @Test
    void aMembersHelloOverheardIsOfNoUseElsewhere() {
        // Taken down by another node of the network that went bad.
        byte[] overheard = HandshakeForge.hello(
                secret,
                List.of(1),
                HandshakeForge.nonce(random),
                attacked.newKey().id());
        assertSilent("another node's guest", FrameReader.frame(overheard));
    }

    @Test
    void aMemberIsLetIn() {
        assertMembersAreServed();
    }

    private void assertMembersAreServed() {
        Persona member = attacked.newPersona().withSecret(secret);
        try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
            assertThat(session.authenticate(member).code()).isEqualTo(VerdictCode.ACCEPT);
            assertThat(session.isAnswered()).isTrue();
        }
    }

    /** The same bytes, none, and the same end as of a service that has nothing to do with us. */
    private void assertSilent(String what, byte[] said) {
        try (AttackingSession session = attacked.mallory.dial(attacked.node.endpoint())) {
            session.sendBytes(said);
            assertThat(session.awaitClose()).as(what).isEqualTo(TransportFailure.CLOSED);
            assertThat(session.receivedBytes()).as(what).isZero();
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
