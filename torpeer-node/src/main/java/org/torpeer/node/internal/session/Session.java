package org.torpeer.node.internal.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.RequestException;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.EventLoop;
import org.torpeer.node.internal.book.Told;
import org.torpeer.node.internal.door.Offence;
import org.torpeer.node.internal.limit.TokenBucket;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.proto.Frame;
import org.torpeer.proto.FrameCodec;
import org.torpeer.proto.Malformation;
import org.torpeer.proto.MalformedException;

/**
 * An authenticated session. Lives on the loop. Tor does not always tell when the other side is gone, so an idle session
 * is pinged, and one that stays silent ends.
 */
public final class Session implements FrameChannel.Receiver {
    static final Duration PING_AFTER = Duration.ofMinutes(2);
    static final Duration DEAD_AFTER = Duration.ofMinutes(5);
    /** For one frame, in or out; noticed with the next heartbeat. */
    static final Duration FRAME_TIME = Duration.ofMinutes(1);
    /** So many records beyond those taken are a flood. */
    static final int FLOOD = 1024;

    static final int MAX_PENDING_REQUESTS = 256;
    static final int MAX_INBOUND_REQUESTS = 64;
    private static final Duration ASK_TIMEOUT = Duration.ofSeconds(60);
    private static final double RECORDS_PER_SECOND = 0.1;
    private static final int RECORDS_BURST = 128;
    private static final double ASKS_PER_SECOND = 1;
    private static final int ASKS_BURST = 16;
    private static final double POLICIES_PER_SECOND = 1.0 / 60;
    private static final int POLICIES_BURST = 4;

    private final FrameChannel channel;
    private final @Nullable SignedPeerRecord record;
    private final @Nullable Endpoint dialed;
    private final EventLoop loop;
    private final SessionEvents events;
    /** While there is any. */
    private @Nullable Pending pending;
    /** A full one is made when it is needed, and forgotten when it is full again: a session at rest has none. */
    private @Nullable TokenBucket recordsAccepted;

    private @Nullable TokenBucket asksAnswered;
    private @Nullable TokenBucket policiesAccepted;
    private @Nullable TokenBucket corrections;
    private @Nullable Told told;
    private final long openedAt;
    private boolean sentAway;
    private int inboundRequests;
    private int excess;
    private @Nullable Long lastRequest;
    private long lastUsed;
    private long nextRequest = 1;
    private int nextAsk = 1;

    /** Answers that we wait for, by the id of what we asked. */
    private record Pending(
            Map<Long, CompletableFuture<byte[]>> requests,
            Map<Integer, CompletableFuture<List<SignedPeerRecord>>> asks) {
        Pending() {
            this(new HashMap<>(), new HashMap<>());
        }

        boolean isEmpty() {
            return requests.isEmpty() && asks.isEmpty();
        }
    }

    /**
     * @param record what the other side showed in the handshake, null if it stayed anonymous
     * @param dialed where we dialed, null if the other side did
     */
    public Session(
            FrameChannel channel,
            @Nullable SignedPeerRecord record,
            @Nullable Endpoint dialed,
            EventLoop loop,
            SessionEvents events) {
        this.channel = channel;
        this.record = record;
        this.dialed = dialed;
        this.lastUsed = loop.nanoTime();
        this.openedAt = loop.nanoTime();
        this.loop = loop;
        this.events = events;
    }

    /** Takes the channel over. The session needs a {@link #heartbeat} from time to time. */
    public void open() {
        channel.authenticated(this);
    }

    /** The other side, null if it stayed anonymous. */
    public @Nullable PeerId peer() {
        return record == null ? null : record.peer();
    }

    /** The record the other side showed in the handshake, null if it stayed anonymous. */
    public @Nullable SignedPeerRecord record() {
        return record;
    }

    /** Whether the other side is a router. */
    public boolean withRouter() {
        return record != null && record.content().role() == Role.ROUTER;
    }

    /** Where we dialed, null if the other side did. */
    public @Nullable Endpoint dialed() {
        return dialed;
    }

    /** Whether we dialed. */
    public boolean outbound() {
        return dialed != null;
    }

    /** How far the other side was told whom we know. */
    public Told told() {
        Told sofar = told;
        if (sofar == null) {
            sofar = new Told();
            told = sofar;
        }
        return sofar;
    }

    /** How long no request has been under way in either direction. */
    public Duration unusedFor() {
        boolean busy = inboundRequests > 0 || awaited();
        return busy ? Duration.ZERO : Duration.ofNanos(loop.nanoTime() - lastUsed);
    }

    /** How long the session has been open. */
    public Duration age() {
        return Duration.ofNanos(loop.nanoTime() - openedAt);
    }

    /** Whether we wait for an answer. */
    public boolean awaited() {
        return pending != null;
    }

    /** How long ago the application last had a request or an answer pass here, in either direction, null if never. */
    public @Nullable Duration sinceRequest() {
        Long last = lastRequest;
        return last == null ? null : Duration.ofNanos(loop.nanoTime() - last);
    }

    /** Whether the other side ended the session for want of room. */
    public boolean sentAway() {
        return sentAway;
    }

    public boolean isClosed() {
        return channel.isClosed();
    }

    /** Sends a request; fails with {@link RequestException}. */
    public CompletionStage<byte[]> request(String protocol, byte[] body, Duration timeout) {
        if (isClosed()) {
            return failed(RequestException.Reason.SESSION_ENDED, "the session with the peer has ended");
        }
        if (pending != null && pending.requests().size() >= MAX_PENDING_REQUESTS) {
            return failed(RequestException.Reason.BUSY, "too many requests to this peer wait for an answer");
        }
        long id = nextRequest++;
        CompletableFuture<byte[]> answer = awaited(Pending::requests, id, timeout);
        lastRequest = loop.nanoTime();
        channel.send(FrameCodec.encode(new Frame.Request(id, protocol, body)));
        return answer;
    }

    /**
     * Asks for peers; each record that comes is also given to {@link SessionEvents#recordsReceived}.
     *
     * @param offlineToo whether those are wanted that the other side did not reach the last time
     */
    public CompletionStage<List<SignedPeerRecord>> askForPeers(int limit, boolean offlineToo) {
        if (isClosed()) {
            return failed(RequestException.Reason.SESSION_ENDED, "the session with the peer has ended");
        }
        int id = nextAsk++;
        CompletableFuture<List<SignedPeerRecord>> answer = awaited(Pending::asks, id, ASK_TIMEOUT);
        recordsAccepted().grant(limit);
        channel.send(FrameCodec.encode(new Frame.GetPeers(id, limit, offlineToo)));
        return answer;
    }

    public void announce(SignedPeerRecord record) {
        channel.send(FrameCodec.encode(new Frame.Announce(record)));
    }

    /**
     * Sends what several are sent.
     *
     * @param framed one that does not wait for an answer, as {@link FrameCodec#framed} makes it; not changed any more
     */
    public void send(byte[] framed) {
        channel.sendFramed(framed);
    }

    /** Tells the other side what it seems not to know, unless it had to be told too often already. */
    public void correct(SignedPeerRecord revocation) {
        if (corrections().take(loop.nanoTime())) {
            announce(revocation);
        }
    }

    public void tell(SignedNetworkPolicy policy) {
        channel.send(FrameCodec.encode(new Frame.Policy(policy)));
    }

    /**
     * Says why, then closes.
     *
     * @return completes when that was handed on, or given up
     */
    public CompletionStage<Void> goAway(Frame.Reason reason) {
        channel.send(FrameCodec.encode(new Frame.GoAway(reason)));
        channel.close("we ended it: " + reason);
        return channel.drained();
    }

    @Override
    public void message(byte[] payload) {
        try {
            receive(events.decoded(payload));
        } catch (MalformedException e) {
            events.dropped(this, Drop.FRAME_MALFORMED);
            events.misbehaved(this, Offence.MALFORMED_FRAME);
            channel.send(FrameCodec.encode(new Frame.GoAway(Frame.Reason.PROTOCOL_ERROR)));
            channel.close("protocol error: " + e.getMessage());
        }
    }

    @Override
    public void closed(FrameChannel.Ending ending) {
        if (ending.violation()) {
            events.dropped(this, Drop.FRAME_MALFORMED);
            events.misbehaved(this, Offence.MALFORMED_FRAME);
        }
        Pending left = pending;
        pending = null;
        if (left != null) {
            RequestException ended = new RequestException(
                    RequestException.Reason.SESSION_ENDED, "the session ended: " + ending.reason());
            left.requests().values().forEach(answer -> answer.completeExceptionally(ended));
            left.asks().values().forEach(answer -> answer.completeExceptionally(ended));
        }
        events.ended(this, ending.reason());
    }

    /** Waits for an answer until its time is up; the timer goes with the answer, since it would keep it alive. */
    private <I, T> CompletableFuture<T> awaited(
            Function<Pending, Map<I, CompletableFuture<T>>> kind, I id, Duration timeout) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        Cancellable timer = loop.schedule(timeout, () -> {
            if (taken(kind, id) != null) {
                answer.completeExceptionally(
                        new RequestException(RequestException.Reason.TIMEOUT, "the peer did not answer in time"));
            }
        });
        if (pending == null) {
            pending = new Pending();
        }
        kind.apply(pending).put(id, answer);
        CompletionStage<T> settled = answer;
        settled.whenComplete((result, failure) -> {
            timer.cancel();
            lastUsed = loop.nanoTime();
        });
        return answer;
    }

    /** Takes out what is waited for no more, null if nothing with that id was. */
    private <I, T> @Nullable CompletableFuture<T> taken(Function<Pending, Map<I, CompletableFuture<T>>> kind, I id) {
        Pending before = pending;
        if (before == null) {
            return null;
        }
        CompletableFuture<T> answer = kind.apply(before).remove(id);
        if (before.isEmpty()) {
            pending = null;
        }
        return answer;
    }

    private void receive(Frame frame) {
        if (frame instanceof Frame.Ping ping) {
            channel.send(FrameCodec.encode(new Frame.Pong(ping.token())));
        } else if (frame instanceof Frame.GetPeers ask) {
            answer(ask);
        } else if (frame instanceof Frame.GoAway away) {
            sentAway = away.reason() == Frame.Reason.BUSY;
            channel.close("the peer ended it: " + away.reason());
        } else if (frame instanceof Frame.Peers peers) {
            receive(peers);
        } else if (frame instanceof Frame.Response response) {
            receive(response);
        } else if (frame instanceof Frame.Announce announce) {
            authenticatedPeer();
            take(List.of(announce.record()));
        } else if (frame instanceof Frame.Policy policy) {
            authenticatedPeer();
            take(policy.policy());
        } else if (frame instanceof Frame.Request request) {
            receive(request);
        }
    }

    private void answer(Frame.GetPeers ask) {
        if (!asksAnswered().take(loop.nanoTime())) {
            events.dropped(this, Drop.ASKED_TOO_OFTEN);
            events.misbehaved(this, Offence.ASKED_TOO_OFTEN);
            goAway(Frame.Reason.BUSY);
            return;
        }
        channel.sendFramed(events.framed(new Frame.Peers(ask.id(), events.peersFor(this, ask))));
    }

    private void receive(Frame.Peers peers) {
        CompletableFuture<List<SignedPeerRecord>> asked = taken(Pending::asks, peers.id());
        boolean givenUp = asked == null && peers.id() > 0 && peers.id() < nextAsk;
        if (asked == null && !givenUp) {
            events.dropped(this, Drop.PEERS_UNASKED);
            events.misbehaved(this, Offence.UNASKED_PEERS);
            goAway(Frame.Reason.PROTOCOL_ERROR);
            return;
        }
        // Also of what was given up since: it is not told again for a while.
        take(peers.records());
        if (asked != null) {
            asked.complete(peers.records());
        }
    }

    private void take(List<SignedPeerRecord> records) {
        int taken = 0;
        while (taken < records.size() && recordsAccepted().take(loop.nanoTime())) {
            taken++;
        }
        events.recordsReceived(this, records.subList(0, taken));
        for (int i = taken; i < records.size(); i++) {
            leaveAlone();
        }
    }

    private void leaveAlone() {
        events.dropped(this, Drop.RECORD_UNASKED);
        excess++;
        if (excess % FLOOD == 0) {
            events.misbehaved(this, Offence.RECORD_FLOOD);
        }
    }

    private void take(SignedNetworkPolicy policy) {
        if (policiesAccepted().take(loop.nanoTime())) {
            events.policyReceived(this, policy);
        } else {
            events.dropped(this, Drop.POLICY_TOO_OFTEN);
        }
    }

    private TokenBucket recordsAccepted() {
        TokenBucket bucket = orFull(recordsAccepted, RECORDS_PER_SECOND, RECORDS_BURST);
        recordsAccepted = bucket;
        return bucket;
    }

    private TokenBucket asksAnswered() {
        TokenBucket bucket = orFull(asksAnswered, ASKS_PER_SECOND, ASKS_BURST);
        asksAnswered = bucket;
        return bucket;
    }

    private TokenBucket policiesAccepted() {
        TokenBucket bucket = orFull(policiesAccepted, POLICIES_PER_SECOND, POLICIES_BURST);
        policiesAccepted = bucket;
        return bucket;
    }

    private TokenBucket corrections() {
        TokenBucket bucket = orFull(corrections, RECORDS_PER_SECOND, ASKS_BURST);
        corrections = bucket;
        return bucket;
    }

    private TokenBucket orFull(@Nullable TokenBucket bucket, double perSecond, int burst) {
        return bucket == null ? new TokenBucket(perSecond, burst, loop.nanoTime()) : bucket;
    }

    private void receive(Frame.Request request) {
        PeerId from = authenticatedPeer();
        lastRequest = loop.nanoTime();
        if (inboundRequests >= MAX_INBOUND_REQUESTS) {
            events.dropped(this, Drop.REQUEST_BUSY);
            respond(new Frame.Response(request.id(), Frame.Status.BUSY, new byte[0]));
            return;
        }
        inboundRequests++;
        events.requested(from, request)
                .whenCompleteAsync(
                        (response, failure) -> {
                            inboundRequests--;
                            lastUsed = loop.nanoTime();
                            respond(
                                    failure == null
                                            ? response
                                            : new Frame.Response(
                                                    request.id(), Frame.Status.HANDLER_FAILED, new byte[0]));
                        },
                        loop);
    }

    private void respond(Frame.Response response) {
        channel.send(FrameCodec.encode(response));
    }

    private void receive(Frame.Response response) {
        CompletableFuture<byte[]> waiting = taken(Pending::requests, response.id());
        if (waiting == null) {
            return; // Timed out here already.
        }
        if (response.status() == Frame.Status.OK) {
            waiting.complete(response.body());
            return;
        }
        waiting.completeExceptionally(
                switch (response.status()) {
                    case NO_SUCH_PROTOCOL ->
                        new RequestException(
                                RequestException.Reason.NO_SUCH_PROTOCOL, "the peer does not answer this protocol");
                    case BUSY ->
                        new RequestException(RequestException.Reason.BUSY, "the peer is busy: try again later");
                    case TOO_LARGE ->
                        new RequestException(
                                RequestException.Reason.TOO_LARGE, "the peer's answer is longer than a frame may be");
                    default ->
                        new RequestException(RequestException.Reason.HANDLER_FAILED, "the peer failed to answer");
                });
    }

    /** Who sends what an anonymous dialer may not send breaks the protocol. */
    private PeerId authenticatedPeer() {
        PeerId peer = peer();
        if (peer == null) {
            throw new MalformedException(Malformation.BAD_FIELD, "an anonymous peer may only ask for peers");
        }
        return peer;
    }

    /** The time between two heartbeats, from {@link #PING_AFTER} to a quarter more. */
    public static Duration heartbeatPause(RandomGenerator random) {
        return PING_AFTER.plusMillis(random.nextLong(PING_AFTER.toMillis() / 4));
    }

    /** Ends the session if the other side is too slow or has been silent for too long, and otherwise may ping. */
    public void heartbeat(RandomGenerator random) {
        if (isClosed()) {
            return;
        }
        forgetFull(loop.nanoTime());
        if (channel.slowFor().compareTo(FRAME_TIME) > 0) {
            events.dropped(this, Drop.SESSION_TOO_SLOW);
            channel.close("a frame took more than " + FRAME_TIME.toSeconds() + " s");
            return;
        }
        long silent = loop.nanoTime() - channel.lastReceived();
        if (silent > DEAD_AFTER.toNanos()) {
            channel.close("nothing was heard of the peer for " + DEAD_AFTER.toSeconds() + " s");
            return;
        }
        if (silent > silenceToPingAt()) {
            channel.send(FrameCodec.encode(new Frame.Ping(random.nextLong())));
        }
    }

    private void forgetFull(long now) {
        recordsAccepted = unlessFull(recordsAccepted, now);
        asksAnswered = unlessFull(asksAnswered, now);
        policiesAccepted = unlessFull(policiesAccepted, now);
        corrections = unlessFull(corrections, now);
    }

    private static @Nullable TokenBucket unlessFull(@Nullable TokenBucket bucket, long now) {
        return bucket == null || bucket.full(now) ? null : bucket;
    }

    /**
     * It is the dialer who pings. All sessions of a node have their heartbeats together, so the first may come at any time
     * after the session was opened, and is passed over by a session that is younger than this silence. Two heartbeats are
     * at most a quarter more than {@link #PING_AFTER} apart: the dialer asks when it has heard nothing for 60 to 210
     * seconds. The other side looks only when no ping came for the longest time between two heartbeats, 150 seconds: it
     * asks after 150 to 300 of them, now and then where the first ping is still to come. So each side asks before what
     * counts as dead has passed, and gives nobody up before its next heartbeat, at least {@link #PING_AFTER} later.
     */
    private long silenceToPingAt() {
        long usual = PING_AFTER.toNanos();
        return outbound() ? usual / 2 : usual + usual / 4;
    }

    private static <T> CompletionStage<T> failed(RequestException.Reason reason, String message) {
        return CompletableFuture.failedStage(new RequestException(reason, message));
    }
}
