package org.torpeer.node.internal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.session.FrameChannel;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.session.SessionEvents;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.FrameReader;
import org.torpeer.proto.key.SeedKey;
import org.torpeer.transport.loopback.virtual.VirtualTime;

/** A session whose other side a test plays; in virtual time. */
public final class PlayedSession implements Connection, SessionEvents {
    private final NodeRuntime runtime;
    private final Session session;
    private final FrameReader reader = new FrameReader(FrameReader.AFTER_AUTHENTICATION);
    private final List<Frame> sent = new ArrayList<>();
    private Consumer<Frame> onSent = frame -> {};
    private Consumer<SignedPeerRecord> onRecord = record -> {};
    private Consumer<String> onEnd = reason -> {};
    private CompletableFuture<byte[]> reading = new CompletableFuture<>();
    private @Nullable String end;

    /**
     * @param other what the other side showed
     * @param outbound whether our side dialed
     */
    public PlayedSession(NodeRuntime runtime, SignedPeerRecord other, boolean outbound) {
        this.runtime = runtime;
        FrameChannel channel = new FrameChannel(this, runtime.loop());
        Endpoint dialed = outbound ? other.content().endpoint() : null;
        session = new Session(channel, other, dialed, runtime.loop(), this);
        channel.start(new FrameChannel.Receiver() {
            @Override
            public void message(byte[] payload) {}

            @Override
            public void closed(FrameChannel.Ending ending) {}
        });
        session.open();
    }

    /** Where sessions are taken in, of a node that has none yet. */
    static Sessions none(Role role, RandomGenerator random, NodeRuntime runtime, Tally tally) {
        TestIdentities identities = new TestIdentities(random, VirtualTime.START);
        SeedKey key = identities.key();
        Identity identity = new Identity(
                key,
                TestIdentities.NETWORK,
                identities.proof(key, TestIdentities.NETWORK, TestIdentities.EASY.minimumBits()));
        Conduct conduct = new Conduct(new NodeStore(VirtualNodes.memory()), runtime);
        return new Sessions(
                identity, BookWorld.plan(role), BookShape.DEFAULT, runtime, new NodeListener() {}, conduct, tally);
    }

    public Session session() {
        return session;
    }

    /** What our side has sent. */
    public List<Frame> sent() {
        return sent;
    }

    /** Why the session ended, null while it has not. */
    public @Nullable String end() {
        return end;
    }

    /** Has the other side do something about each frame, as soon as it has come. */
    public void whenSent(Consumer<Frame> todo) {
        onSent = todo;
    }

    /** Has our side do something about each record that comes in. */
    public void whenTold(Consumer<SignedPeerRecord> todo) {
        onRecord = todo;
    }

    /** Has our side do something when the session has ended. */
    public void whenEnded(Consumer<String> todo) {
        onEnd = todo;
    }

    /** The other side says something, after a while. */
    public void say(Frame frame, Duration after) {
        runtime.loop().schedule(after, () -> say(frame));
    }

    private void say(Frame frame) {
        CompletableFuture<byte[]> waiting = reading;
        reading = new CompletableFuture<>();
        waiting.complete(FrameReader.frame(FrameCodec.encode(frame)));
    }

    @Override
    public CompletionStage<byte[]> read() {
        return reading;
    }

    @Override
    public CompletionStage<Void> write(byte[] bytes) {
        reader.feed(bytes);
        for (byte[] payload = reader.next(); payload != null; payload = reader.next()) {
            Frame frame = FrameCodec.decode(payload);
            sent.add(frame);
            onSent.accept(frame);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public void close() {}

    @Override
    public List<SignedPeerRecord> peersFor(Session asked, Frame.GetPeers ask) {
        return List.of();
    }

    @Override
    public void opened(Session opened) {}

    @Override
    public void policyReceived(Session from, SignedNetworkPolicy policy) {}

    @Override
    public void recordsReceived(Session from, List<SignedPeerRecord> records) {
        records.forEach(onRecord);
    }

    @Override
    public CompletionStage<Frame.Response> requested(PeerId from, Frame.Request request) {
        return new CompletableFuture<>();
    }

    @Override
    public void misbehaved(Session by, Offence offence) {}

    @Override
    public void dropped(Session from, Drop reason) {}

    @Override
    public void ended(Session ended, String reason) {
        end = reason;
        onEnd.accept(reason);
    }
}
