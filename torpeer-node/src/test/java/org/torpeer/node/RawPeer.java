package org.torpeer.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.handshake.DialerHandshake;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.Verdict;
import org.torpeer.transport.loopback.LoopbackNetwork;

/** A peer that sends whatever it likes. */
final class RawPeer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final NodeRuntime runtime = NodeRuntime.system("raw");
    private final Transport transport;
    private final Connection connection;
    private final FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);

    RawPeer(LoopbackNetwork network, Endpoint target) throws Exception {
        transport = network.attach(runtime);
        connection = transport.dial(target, PATIENCE).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void sendBytes(byte[] bytes) throws Exception {
        connection.write(bytes).toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    void sendMessage(byte[] payload) throws Exception {
        sendBytes(FrameReader.frame(payload));
    }

    void send(Frame frame) throws Exception {
        sendMessage(FrameCodec.encode(frame));
    }

    /** The next message, or null if the node closed the connection. */
    byte @Nullable [] receive() throws Exception {
        byte[] next = reader.next();
        while (next == null) {
            try {
                reader.feed(connection.read().toCompletableFuture().get(20, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                return null;
            }
            next = reader.next();
        }
        return next;
    }

    /** Goes on until a frame of the kind comes; fails if the connection closes before. */
    <F extends Frame> F receive(Class<F> kind) throws Exception {
        while (true) {
            byte[] payload = receive();
            assertThat(payload)
                    .as("the connection closed before a " + kind.getSimpleName())
                    .isNotNull();
            Frame frame = FrameCodec.decode(payload == null ? new byte[0] : payload);
            if (kind.isInstance(frame)) {
                return kind.cast(frame);
            }
        }
    }

    /** Reads until the node has closed the connection. */
    void expectClosed() throws Exception {
        byte[] payload = receive();
        while (payload != null) {
            payload = receive();
        }
    }

    /** Goes through the handshake as the protocol wants it, with whatever credentials; the verdict may be a refusal. */
    Verdict authenticate(Credentials credentials, Endpoint target, boolean anonymous, Random random) throws Exception {
        DialerHandshake handshake = new DialerHandshake(credentials, target.peer(), anonymous, random);
        sendMessage(handshake.hello());
        byte[] answer = receive();
        assertThat(answer).isNotNull();
        SignedPeerRecord record = handshake.onServerHello(answer == null ? new byte[0] : answer);
        assertThat(record.peer()).isEqualTo(target.peer());
        sendMessage(handshake.auth());
        byte[] verdict = receive();
        assertThat(verdict).isNotNull();
        return HandshakeCodec.decodeVerdict(verdict == null ? new byte[0] : verdict);
    }

    @Override
    public void close() {
        transport.close();
        runtime.close();
    }
}
