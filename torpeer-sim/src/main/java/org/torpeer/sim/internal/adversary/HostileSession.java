package org.torpeer.sim.internal.adversary;

import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.proto.ClientAuth;
import org.torpeer.proto.ClientClaim;
import org.torpeer.proto.ClientHello;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeBinding;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerHello;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/**
 * One connection of an adversary: the handshake as the protocol wants it, in either direction, then frames. It verifies
 * nothing, since it has nothing to lose. Lives on its loop.
 */
final class HostileSession {
    private static final int VERSION = 1;
    private static final int NONCE_BYTES = 32;

    private final Persona persona;
    private final Connection connection;
    private final EventLoop loop;
    private final Consumer<HostileSession> letIn;
    private final Lies lies;
    private final FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
    private Consumer<byte[]> next = message -> close();
    private boolean closed;

    private HostileSession(
            Persona persona, Connection connection, EventLoop loop, Lies lies, Consumer<HostileSession> letIn) {
        this.persona = persona;
        this.connection = connection;
        this.loop = loop;
        this.lies = lies;
        this.letIn = letIn;
    }

    /**
     * Goes on with a connection that was dialed.
     *
     * @param letIn what to do when the other side has accepted
     */
    static void dialed(
            Persona persona,
            Connection connection,
            PeerId server,
            EventLoop loop,
            RandomGenerator random,
            Lies lies,
            Consumer<HostileSession> letIn) {
        HostileSession session = new HostileSession(persona, connection, loop, lies, letIn);
        byte[] nonce = nonce(random);
        byte[] hello = HandshakeCodec.encode(new ClientHello(
                Persona.VERSIONS,
                0,
                nonce,
                HandshakeBinding.admission(persona.secret(), Persona.VERSIONS, 0, nonce, server)));
        session.next = answer -> session.authenticate(server, hello, answer);
        session.send(hello);
        session.read();
    }

    /** Goes on with a connection that somebody else dialed, and lets anybody in. */
    static void accepted(Persona persona, Connection connection, EventLoop loop, RandomGenerator random, Lies lies) {
        HostileSession session = new HostileSession(persona, connection, loop, lies, any -> {});
        byte[] nonce = nonce(random);
        session.next = hello -> session.answer(hello, nonce);
        session.read();
    }

    void send(Frame frame) {
        send(FrameCodec.encode(frame));
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        connection.close();
    }

    private void authenticate(PeerId server, byte[] hello, byte[] answer) {
        byte[] claim = HandshakeCodec.encode(new ClientClaim(persona.record()));
        byte[] signed = HandshakeBinding.clientSigned(
                persona.network(), server, persona.key().id(), hello, answer, claim);
        next = this::judged;
        send(HandshakeCodec.encode(new ClientAuth(claim, persona.key().sign(signed))));
    }

    private void judged(byte[] verdict) {
        if (HandshakeCodec.decodeVerdict(verdict).code() != VerdictCode.ACCEPT) {
            close();
            return;
        }
        next = this::react;
        letIn.accept(this);
    }

    private void answer(byte[] hello, byte[] nonce) {
        byte[] offer = HandshakeCodec.encode(new ServerOffer(VERSION, Persona.VERSIONS, 0, nonce, persona.record()));
        byte[] signature = persona.key().sign(HandshakeBinding.serverSigned(persona.network(), hello, offer));
        next = auth -> {
            next = this::react;
            send(HandshakeCodec.encode(new Verdict(VerdictCode.ACCEPT, 0)));
        };
        send(HandshakeCodec.encode(new ServerHello(offer, signature)));
    }

    /** It is alive, and knows others of its kind; more it does for nobody. */
    private void react(byte[] message) {
        Frame frame = FrameCodec.decode(message);
        if (frame instanceof Frame.GetPeers ask) {
            send(new Frame.Peers(ask.id(), FrameCodec.fitting(lies.peers(ask.limit()))));
        } else if (frame instanceof Frame.Ping ping) {
            send(new Frame.Pong(ping.token()));
        } else if (frame instanceof Frame.GoAway) {
            close();
        }
    }

    private void send(byte[] message) {
        if (!closed) {
            connection.write(FrameReader.frame(message)).whenComplete((done, failure) -> {
                if (failure != null) {
                    close();
                }
            });
        }
    }

    private void read() {
        if (!closed) {
            connection.read().whenCompleteAsync(this::arrived, loop);
        }
    }

    private void arrived(byte @Nullable [] chunk, @Nullable Throwable failure) {
        if (chunk == null) {
            close();
            return;
        }
        try {
            reader.feed(chunk);
            for (byte[] message = reader.next(); message != null && !closed; message = reader.next()) {
                next.accept(message);
            }
        } catch (InvalidInputException e) {
            close();
        }
        read();
    }

    private static byte[] nonce(RandomGenerator random) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }
}
