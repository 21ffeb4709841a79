package org.torpeer.node;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.proto.Frame;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.Verdict;
import org.torpeer.testkit.TestSeed;
import org.torpeer.testkit.adversary.AdversarialPeer;
import org.torpeer.testkit.adversary.AttackingSession;
import org.torpeer.testkit.adversary.Persona;
import org.torpeer.testkit.adversary.Waiting;
import org.torpeer.transport.loopback.LoopbackNetwork;

/** One connection of an adversarial peer that has a host of its own, with a node's credentials. */
final class RawPeer implements AutoCloseable {
    private final NodeRuntime runtime = NodeRuntime.system("raw");
    private final Transport transport;
    private final AttackingSession session;

    RawPeer(LoopbackNetwork network, Endpoint target) {
        transport = network.attach(runtime);
        Random random = TestSeed.random("RawPeer");
        session = new AdversarialPeer(transport, random, Waiting.atMost(LoopbackNodes.PATIENCE)).dial(target);
    }

    void sendBytes(byte[] bytes) {
        session.sendBytes(bytes);
    }

    void sendMessage(byte[] payload) {
        session.sendMessage(payload);
    }

    void send(Frame frame) {
        session.send(frame);
    }

    /** The next message, or null if the node closed the connection. */
    byte @Nullable [] receive() {
        return session.receive();
    }

    /** Goes on until a frame of the kind comes; fails if the connection closes before. */
    <F extends Frame> F receive(Class<F> kind) {
        return session.receive(kind);
    }

    /** Reads until the node has closed the connection. */
    void expectClosed() {
        session.awaitClose();
    }

    /** Goes through the handshake as the protocol wants it, with whatever credentials; the verdict may be a refusal. */
    Verdict authenticate(Credentials credentials, Endpoint target, boolean anonymous, Random random) {
        Persona persona = persona(credentials);
        byte[] verdict =
                (anonymous ? session.authenticateAnonymously(persona) : session.authenticate(persona)).verdict();
        return HandshakeCodec.decodeVerdict(verdict);
    }

    static Persona persona(Credentials credentials) {
        return new Persona(
                credentials.network(),
                credentials.key(),
                credentials.secret(),
                credentials.record().get(),
                credentials.versions());
    }

    @Override
    public void close() {
        transport.close();
        runtime.close();
    }
}
