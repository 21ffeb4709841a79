package org.torpeer.node.internal;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.internal.crypto.PretendedCryptography;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.handshake.DialerHandshake;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.HandshakeCodec;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/**
 * A peer in virtual time that dials one node, asks it for peers once and stays; sent away for lack of room, it comes back
 * when it was told to if it has not had its peers. It cannot be dialed.
 */
final class LightPeer {
    private final NodeRuntime runtime;
    private final Transport transport;
    private final Endpoint target;
    private final Credentials credentials;
    private @Nullable Connection connection;
    private FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
    private @Nullable DialerHandshake handshake;
    private boolean greeted;
    private boolean accepted;
    private int records = -1;
    private boolean deaf;

    LightPeer(int number, Endpoint target, NodeRuntime runtime, Transport transport) {
        OnionKey key = PretendedCryptography.key(number);
        SignedPeerRecord record = PretendedCryptography.record(key, TestIdentities.NETWORK);
        this.runtime = runtime;
        this.transport = transport;
        this.target = target;
        this.credentials = new Credentials(
                TestIdentities.NETWORK,
                key,
                TestIdentities.NETWORK.toBytes(),
                () -> record,
                Credentials.VERSIONS,
                PretendedCryptography.PRIMITIVES.signatures());
    }

    void dial() {
        CompletionStage<Connection> dialed = transport.dial(target, Duration.ofSeconds(60));
        dialed.whenComplete((opened, failure) -> {
            if (opened == null) {
                later(Duration.ofSeconds(1));
                return;
            }
            connection = opened;
            reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
            greeted = false;
            handshake = new DialerHandshake(credentials, target.peer(), false, runtime.random());
            send(handshake.hello());
            read(opened);
        });
    }

    /** Whether it has been given peers. */
    boolean served() {
        return records > 0;
    }

    /** Whether it has a session now. */
    boolean inside() {
        return accepted;
    }

    PeerId id() {
        return credentials.key().id();
    }

    /** Begins a long frame and sends a byte of it from time to time. */
    void dribble(Duration pause) {
        write(ByteBuffer.allocate(4).putInt(60_000).array());
        dribbleOn(pause);
    }

    /** Asks for many answers and takes none of them. */
    void floodWithoutReading(int pings) {
        deaf = true;
        for (int i = 0; i < pings; i++) {
            send(FrameCodec.encode(new Frame.Ping(i)));
        }
    }

    private void dribbleOn(Duration pause) {
        if (accepted) {
            write(new byte[1]);
            runtime.loop().schedule(pause, () -> dribbleOn(pause));
        }
    }

    private void read(Connection from) {
        if (deaf) {
            return;
        }
        from.read().whenComplete((chunk, failure) -> {
            if (chunk == null) {
                from.close();
                accepted = false;
                later(Duration.ofSeconds(1));
                return;
            }
            reader.feed(chunk);
            for (byte[] next = reader.next(); next != null; next = reader.next()) {
                take(next);
            }
            read(from);
        });
    }

    private void take(byte[] payload) {
        DialerHandshake current = handshake;
        if (accepted || current == null) {
            frame(FrameCodec.decode(payload));
        } else if (!greeted) {
            greeted = true;
            current.onServerHello(payload);
            send(current.auth());
        } else {
            verdict(HandshakeCodec.decodeVerdict(payload));
        }
    }

    private void verdict(Verdict verdict) {
        accepted = verdict.code() == VerdictCode.ACCEPT;
        if (accepted) {
            send(FrameCodec.encode(new Frame.GetPeers(1, 128)));
        }
    }

    private void frame(Frame frame) {
        if (frame instanceof Frame.Peers peers) {
            records = peers.records().size();
        } else if (frame instanceof Frame.Ping ping) {
            send(FrameCodec.encode(new Frame.Pong(ping.token())));
        }
    }

    private void send(byte[] payload) {
        write(FrameReader.frame(payload));
    }

    private void write(byte[] bytes) {
        Connection open = connection;
        if (open != null) {
            CompletionStage<Void> sent = open.write(bytes);
            sent.whenComplete((done, failure) -> {});
        }
    }

    private void later(Duration pause) {
        if (!served()) {
            long least = pause.toMillis();
            runtime.loop().schedule(Duration.ofMillis(least + runtime.random().nextLong(4 * least)), this::dial);
        }
    }
}
