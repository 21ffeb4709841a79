package org.torpeer.testkit.adversary;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.ServerOffer;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/**
 * A connection of an adversarial peer, with or without a handshake on it. What the other side sends waits until it is
 * asked for, so one that only sends holds the other side's writes back as a peer that does not read would.
 */
public final class AttackingSession implements AutoCloseable {
    private final Connection connection;
    private final PeerId server;
    private final RandomGenerator random;
    private final Waiting waiting;
    private final FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
    private @Nullable TransportFailure ending;
    private long received;

    AttackingSession(Connection connection, PeerId server, RandomGenerator random, Waiting waiting) {
        this.connection = connection;
        this.server = server;
        this.random = random;
        this.waiting = waiting;
    }

    /** Goes through the handshake as the protocol wants it; the verdict may be a refusal. */
    public Transcript authenticate(Persona persona) {
        byte[] hello = hello(persona);
        sendMessage(hello);
        byte[] answer = answered(hello, persona);
        return judged(hello, answer, HandshakeForge.auth(persona, server, hello, answer));
    }

    /** As {@link #authenticate}, without showing a record. */
    public Transcript authenticateAnonymously(Persona persona) {
        byte[] hello = hello(persona);
        sendMessage(hello);
        return judged(hello, answered(hello, persona), HandshakeForge.anonymousAuth());
    }

    /** A first message of the persona for the peer at the other end, not sent yet. */
    public byte[] hello(Persona persona) {
        return HandshakeForge.hello(persona.secret(), persona.versions(), HandshakeForge.nonce(random), server);
    }

    /** On a connection that was accepted: takes whoever dialed, as the protocol wants it. */
    public Transcript admit(Persona persona) {
        byte[] hello = required();
        byte[] answer = greet(hello, persona);
        byte[] auth = required();
        byte[] verdict = HandshakeCodec.encode(new Verdict(VerdictCode.ACCEPT, 0));
        sendMessage(verdict);
        return new Transcript(hello, answer, auth, verdict);
    }

    /** On a connection that was accepted: shows who it is to one who wants no more, and hangs up. */
    public void show(Persona persona) {
        greet(required(), persona);
        awaitClose();
    }

    private byte[] greet(byte[] hello, Persona persona) {
        int version = persona.versions().get(persona.versions().size() - 1);
        ServerOffer offer =
                new ServerOffer(version, persona.versions(), 0, HandshakeForge.nonce(random), persona.record());
        byte[] answer = HandshakeForge.serverHello(persona.key(), persona.network(), hello, offer);
        sendMessage(answer);
        return answer;
    }

    /**
     * Sends bytes as they are.
     *
     * @return false if the connection has ended
     */
    public boolean sendBytes(byte[] bytes) {
        CompletableFuture<Void> written = connection.write(bytes).toCompletableFuture();
        waiting.until(written);
        return !written.isCompletedExceptionally();
    }

    /**
     * Sends bytes one at a time, and does what is given between two of them.
     *
     * @return how many were taken before the connection ended
     */
    public int trickle(byte[] bytes, Runnable between) {
        for (int i = 0; i < bytes.length; i++) {
            if (!sendBytes(Arrays.copyOfRange(bytes, i, i + 1))) {
                return i;
            }
            between.run();
        }
        return bytes.length;
    }

    /** Sends a payload preceded by its length; see {@link #sendBytes}. */
    public boolean sendMessage(byte[] payload) {
        return sendBytes(FrameReader.frame(payload));
    }

    /** Sends a well-formed frame; see {@link #sendBytes}. */
    public boolean send(Frame frame) {
        return sendMessage(FrameCodec.encode(frame));
    }

    /** Announces records one after the other; see {@link #sendBytes}. */
    public boolean offer(List<SignedPeerRecord> records) {
        return records.stream().allMatch(record -> send(new Frame.Announce(record)));
    }

    /** The next message, or null if the other side closed the connection. */
    public byte @Nullable [] receive() {
        byte[] next = reader.next();
        while (next == null && ending == null) {
            read();
            next = reader.next();
        }
        return next;
    }

    /** Goes on until a frame of the kind comes; an {@link AssertionError} if the connection closes before. */
    public <F extends Frame> F receive(Class<F> kind) {
        for (byte[] payload = receive(); payload != null; payload = receive()) {
            Frame frame = FrameCodec.decode(payload);
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
        throw new AssertionError("the connection closed before a " + kind.getSimpleName() + " came");
    }

    /** Whether the other side still answers a ping. */
    public boolean isAnswered() {
        long token = random.nextLong();
        if (!send(new Frame.Ping(token))) {
            return false;
        }
        for (byte[] payload = receive(); payload != null; payload = receive()) {
            if (FrameCodec.decode(payload) instanceof Frame.Pong pong && pong.token() == token) {
                return true;
            }
        }
        return false;
    }

    /** Reads until the other side has closed the connection, and says how it did. */
    public TransportFailure awaitClose() {
        TransportFailure how = ending;
        while (how == null) {
            if (reader.next() == null) {
                read();
            }
            how = ending;
        }
        return how;
    }

    /** How many bytes the other side has said so far, as far as they were read. */
    public long receivedBytes() {
        return received;
    }

    @Override
    public void close() {
        connection.close();
    }

    private byte[] answered(byte[] hello, Persona persona) {
        byte[] answer = required();
        if (!HandshakeForge.answers(answer, hello, persona.network(), server)) {
            throw new AssertionError("the answer was not signed by whom was dialed");
        }
        return answer;
    }

    private Transcript judged(byte[] hello, byte[] answer, byte[] auth) {
        sendMessage(auth);
        return new Transcript(hello, answer, auth, required());
    }

    private byte[] required() {
        byte[] payload = receive();
        if (payload == null) {
            throw new AssertionError("the connection closed before the handshake was over: " + ending);
        }
        return payload;
    }

    private void read() {
        CompletableFuture<byte[]> chunk = connection.read().toCompletableFuture();
        waiting.until(chunk);
        try {
            byte[] bytes = chunk.join();
            received += bytes.length;
            reader.feed(bytes);
        } catch (RuntimeException e) {
            ending = Promise.cause(e) instanceof TransportException known ? known.failure() : TransportFailure.LOST;
        }
    }
}
