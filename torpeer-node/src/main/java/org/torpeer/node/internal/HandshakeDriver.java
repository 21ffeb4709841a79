package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.api.spi.transport.Connection;
import org.torpeer.api.spi.transport.TransportFailure;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.handshake.AcceptorHandshake;
import org.torpeer.node.internal.handshake.Authenticated;
import org.torpeer.node.internal.handshake.Credentials;
import org.torpeer.node.internal.handshake.DialerHandshake;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.handshake.HandshakeException.Reason;
import org.torpeer.node.internal.record.RecordRejectedException;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.record.Rejection;
import org.torpeer.node.internal.session.FrameChannel;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.session.SessionEvents;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;
import org.torpeer.proto.Verdict;
import org.torpeer.proto.VerdictCode;

/** Carries handshakes out over connections and opens the sessions they come to. Lives on the loop. */
@Singleton
final class HandshakeDriver {
    static final Duration TIMEOUT = Duration.ofSeconds(30);
    /**
     * For the first message of a dialer: what proves nothing yet gets less time. Whoever does not greet us as one of our
     * network gets all of it in silence, whatever it says: so the moment of closing tells a stranger nothing either.
     */
    static final Duration GREETING = Duration.ofSeconds(10);

    /** Longer than a round trip through Tor: who keeps us waiting for longer makes room first. */
    static final Duration STALLING = Duration.ofSeconds(5);

    /** A peer that hangs up on us after so long without a word takes us for a stranger. */
    private static final Duration MEANT_SILENCE = GREETING.minusSeconds(2);

    static final int MAX_HALF_OPEN = 32;
    private static final int RETRY_WHEN_BUSY_SECONDS = 30;

    private final Credentials credentials;
    private final RecordVerifier verifier;
    private final NodeRuntime runtime;
    private final Sessions sessions;
    private final AddressBook book;
    private final Conduct conduct;
    private final Tally tally;
    private final Provider<SessionEvents> events;
    private final Set<Exchange<?>> underWay = new LinkedHashSet<>();
    private boolean closed;

    @Inject
    HandshakeDriver(
            Credentials credentials,
            RecordVerifier verifier,
            NodeRuntime runtime,
            Sessions sessions,
            AddressBook book,
            Conduct conduct,
            Tally tally,
            Provider<SessionEvents> events) {
        this.credentials = credentials;
        this.verifier = verifier;
        this.runtime = runtime;
        this.sessions = sessions;
        this.book = book;
        this.conduct = conduct;
        this.tally = tally;
        this.events = events;
    }

    /** Authenticates both sides over a connection we dialed; fails with {@link HandshakeException}. */
    CompletionStage<Session> dial(Connection connection, Endpoint server) {
        return begin(new Dialing(connection, server));
    }

    /**
     * Sees whether the peer itself answers over a connection we dialed, which is closed as soon as it has authenticated
     * itself: it does not learn who looked. Fails with {@link HandshakeException}.
     */
    CompletionStage<SignedPeerRecord> look(Connection connection, Endpoint server) {
        return begin(new Looking(connection, server));
    }

    /**
     * Authenticates both sides over a connection we accepted; fails with {@link HandshakeException}. When too many are
     * under way, the one makes room that has kept us waiting longest for a whole message, whether it has said nothing, sends
     * a byte now and then, or has greeted: an honest dialer answers within a round trip. When so many dial that nobody has
     * waited for long, it is anyone of them, so that no flood keeps out all that are honest. Whose record we verify keeps
     * nobody waiting, and stays.
     */
    CompletionStage<Session> accept(Connection connection) {
        List<Accepting> halfOpen = underWay.stream()
                .filter(Accepting.class::isInstance)
                .map(Accepting.class::cast)
                .toList();
        if (halfOpen.size() >= MAX_HALF_OPEN) {
            HandshakeException full = new HandshakeException(Reason.LOCAL, "too many handshakes are under way");
            tally.count(Drop.DOOR_CROWDED);
            Optional<Accepting> leaving = toGo(halfOpen);
            if (leaving.isEmpty()) {
                connection.close();
                return CompletableFuture.failedStage(full);
            }
            leaving.get().fail(full);
        }
        return begin(new Accepting(connection));
    }

    private Optional<Accepting> toGo(List<Accepting> halfOpen) {
        List<Accepting> waitedFor =
                halfOpen.stream().filter(accepting -> !accepting.isVerifying()).toList();
        long now = runtime.loop().nanoTime();
        Optional<Accepting> stalling = waitedFor.stream()
                .filter(accepting -> now - accepting.waitingSince > STALLING.toNanos())
                .min((a, b) -> Long.signum(a.waitingSince - b.waitingSince));
        if (stalling.isPresent() || waitedFor.isEmpty()) {
            return stalling;
        }
        return Optional.of(waitedFor.get(runtime.random().nextInt(waitedFor.size())));
    }

    /** Ends what is under way, and what comes later at once. */
    void close() {
        closed = true;
        List.copyOf(underWay)
                .forEach(exchange -> exchange.fail(new HandshakeException(Reason.LOCAL, "this node is closed")));
    }

    private <T> CompletionStage<T> begin(Exchange<T> exchange) {
        underWay.add(exchange);
        exchange.start();
        if (closed) {
            exchange.fail(new HandshakeException(Reason.LOCAL, "this node is closed"));
        }
        return exchange.result;
    }

    /** One handshake: a state machine fed by a channel, with a deadline over the whole of it. */
    private abstract class Exchange<T> implements FrameChannel.Receiver {
        final CompletableFuture<T> result = new CompletableFuture<>();
        final FrameChannel channel;
        final long startedAt = runtime.loop().nanoTime();
        /** How long it may take. */
        private Duration allowed;

        private @Nullable Cancellable timer;
        /** While the other side's record is verified it has nothing to say. */
        private boolean verifying;

        Exchange(Connection connection, Duration allowed) {
            this.channel = new FrameChannel(connection, runtime.loop());
            this.allowed = allowed;
        }

        void start() {
            watchTime();
            channel.start(this);
        }

        /** Lets it take longer than it was to. The timer stays as it is, since most handshakes end long before that. */
        final void allow(Duration longer) {
            allowed = longer;
        }

        private void watchTime() {
            long left = startedAt + allowed.toNanos() - runtime.loop().nanoTime();
            if (left > 0) {
                timer = runtime.loop().schedule(Duration.ofNanos(left), this::watchTime);
            } else {
                fail(new HandshakeException(
                        Reason.TIMEOUT, "the handshake took more than " + allowed.toSeconds() + " s"));
            }
        }

        @Override
        public void message(byte[] payload) {
            if (verifying) {
                outOfTurn();
                return;
            }
            try {
                take(payload);
            } catch (HandshakeException e) {
                broken(e);
            }
        }

        final void outOfTurn() {
            fail(new HandshakeException(Reason.MALFORMED, "a handshake message came out of turn"));
        }

        /** A message was not what it should be. */
        void broken(HandshakeException how) {
            fail(how);
        }

        @Override
        public void closed(FrameChannel.Ending ending) {
            if (ending.violation()) {
                fail(new HandshakeException(Reason.MALFORMED, ending.reason()));
            } else if (ending.failure() == TransportFailure.LOCAL) {
                fail(new HandshakeException(Reason.LOCAL, ended(ending)));
            } else {
                fail(disconnected(ending));
            }
        }

        HandshakeException disconnected(FrameChannel.Ending ending) {
            return new HandshakeException(Reason.DISCONNECTED, ended(ending));
        }

        private static String ended(FrameChannel.Ending ending) {
            return "the connection ended in the handshake: " + ending.reason();
        }

        final boolean isVerifying() {
            return verifying;
        }

        abstract void take(byte[] payload);

        /** Called when the other side's record has proved genuine. */
        abstract void verified();

        /** Called when it has not. */
        abstract void refused(Rejection rejection);

        final void verify(SignedPeerRecord record) {
            boolean certificate = record.content().state() == PeerState.REVOKED;
            if (certificate || book.revocation(record.peer()) != null) {
                refused(Rejection.REVOKED);
                return;
            }
            if (book.has(record) && verifier.glance(record.content()) == null) {
                verified();
                return;
            }
            verifying = true;
            verifier.verify(record).whenComplete((done, failure) -> {
                verifying = false;
                if (channel.isClosed()) {
                    return;
                }
                if (failure == null) {
                    verified();
                } else {
                    refused(rejection(failure));
                }
            });
        }

        /** Begins a session, unless the other side was given up while the handshake went on: then this has failed. */
        final void open(Authenticated other, @Nullable Endpoint dialed, CompletableFuture<Session> opened) {
            PeerId peer = other.peer();
            if (peer != null && book.revocation(peer) != null) {
                fail(new HandshakeException(Reason.RECORD_REFUSED, "refused: " + Rejection.REVOKED.text()));
                return;
            }
            end();
            Session session = new Session(channel, other.record(), dialed, runtime.loop(), events.get());
            session.open();
            sessions.opened(session);
            events.get().opened(session);
            opened.complete(session);
        }

        final void end() {
            if (timer != null) {
                timer.cancel();
            }
            underWay.remove(this);
        }

        final void fail(HandshakeException failure) {
            end();
            // The result comes first, since closing reports back to this object.
            result.completeExceptionally(failure);
            channel.close(failure.getMessage());
        }

        private Rejection rejection(Throwable failure) {
            return Promise.cause(failure) instanceof RecordRejectedException known ? known.rejection() : Rejection.BUSY;
        }
    }

    /** A handshake of ours, up to where the acceptor has authenticated itself. */
    private abstract class Greeting<T> extends Exchange<T> {
        final DialerHandshake handshake;
        final Endpoint server;
        private boolean greeted;

        Greeting(Connection connection, Endpoint server) {
            super(connection, TIMEOUT);
            this.server = server;
            handshake = new DialerHandshake(credentials, server.peer(), false, runtime.random());
        }

        @Override
        void start() {
            super.start();
            channel.send(handshake.hello());
        }

        @Override
        HandshakeException disconnected(FrameChannel.Ending ending) {
            long silence = runtime.loop().nanoTime() - startedAt;
            if (greeted || silence < MEANT_SILENCE.toNanos()) {
                return super.disconnected(ending);
            }
            return new HandshakeException(
                    Reason.UNANSWERED,
                    "the peer heard us and said nothing: it may be of another network, or want another secret");
        }

        @Override
        void take(byte[] payload) {
            if (greeted) {
                answered(payload);
                return;
            }
            greeted = true;
            verify(handshake.onServerHello(payload));
        }

        /** Takes what comes after the acceptor's greeting. */
        void answered(byte[] payload) {
            outOfTurn();
        }

        @Override
        void refused(Rejection rejection) {
            fail(new HandshakeException(
                    rejection.perhapsOurs() ? Reason.LOCAL : Reason.RECORD_REFUSED,
                    "the acceptor's record was refused: " + rejection.text()));
        }
    }

    private final class Dialing extends Greeting<Session> {
        Dialing(Connection connection, Endpoint server) {
            super(connection, server);
        }

        @Override
        void verified() {
            channel.send(handshake.auth());
        }

        @Override
        void answered(byte[] payload) {
            open(handshake.onVerdict(payload), server, result);
        }
    }

    private final class Looking extends Greeting<SignedPeerRecord> {
        Looking(Connection connection, Endpoint server) {
            super(connection, server);
        }

        @Override
        void verified() {
            end();
            // The result comes first, since closing reports back to this object.
            result.complete(handshake.acceptor());
            channel.close("the acceptor was seen");
        }
    }

    private final class Accepting extends Exchange<Session> {
        private final AcceptorHandshake handshake = new AcceptorHandshake(credentials, runtime.random());
        private @Nullable PeerId dialer;
        private boolean greeted;
        private boolean claimed;
        /** When the last message came; a byte now and then is none. */
        private long waitingSince = startedAt;

        Accepting(Connection connection) {
            super(connection, GREETING);
        }

        @Override
        void broken(HandshakeException how) {
            if (greeted) {
                super.broken(how);
            } else {
                keepSilent(how);
            }
        }

        @Override
        public boolean overlooks(String violation) {
            if (!greeted) {
                keepSilent(new HandshakeException(Reason.MALFORMED, violation));
            }
            return !greeted;
        }

        @Override
        HandshakeException disconnected(FrameChannel.Ending ending) {
            boolean looked = greeted && !claimed && ending.failure() == TransportFailure.CLOSED;
            return looked
                    ? new HandshakeException(Reason.LOOKED, "the dialer left when we had shown who we are")
                    : super.disconnected(ending);
        }

        /** It is known to fail, and stays as one that has said nothing yet. */
        private void keepSilent(HandshakeException why) {
            channel.ignoreTheRest();
            result.completeExceptionally(why);
        }

        @Override
        void take(byte[] payload) {
            if (!greeted) {
                channel.send(handshake.onHello(payload));
                greeted = true;
                waitingSince = runtime.loop().nanoTime();
                allow(TIMEOUT);
                return;
            }
            claimed = true;
            SignedPeerRecord record = handshake.onAuth(payload);
            dialer = record == null ? null : record.peer();
            if (record == null) {
                verified();
            } else if (conduct.banned(record.peer())) {
                refuseBanned(record.peer());
            } else {
                verify(record);
            }
        }

        @Override
        void verified() {
            if (!sessions.admitsInbound(dialer, dialer != null && book.contains(dialer))) {
                refuse(VerdictCode.BUSY, RETRY_WHEN_BUSY_SECONDS, "there is no room for another inbound session");
                return;
            }
            byte[] verdict = handshake.accept();
            channel.send(verdict);
            open(handshake.authenticated(verdict), null, result);
        }

        @Override
        void refused(Rejection rejection) {
            VerdictCode code = switch (rejection) {
                case PROOF_TOO_SMALL, BAD_PROOF, WRONG_ALGORITHM, WRONG_EPOCH -> VerdictCode.PROOF_TOO_SMALL;
                case BUSY, OVER_BUDGET -> VerdictCode.BUSY;
                case REVOKED -> VerdictCode.REVOKED;
                default -> VerdictCode.BAD_RECORD;
            };
            refuse(code, code == VerdictCode.BUSY ? RETRY_WHEN_BUSY_SECONDS : 0, rejection.text());
        }

        private void refuseBanned(PeerId peer) {
            long seconds = Math.min(conduct.bannedFor(peer).toSeconds() + 1, Verdict.MAX_RETRY_AFTER_SECONDS);
            refuse(VerdictCode.BANNED, (int) seconds, "it is banned");
        }

        private void refuse(VerdictCode code, int retryAfterSeconds, String why) {
            tally.count(
                    switch (code) {
                        case BANNED -> Drop.DIALER_BANNED;
                        case BUSY -> Drop.DIALER_NO_PLACE;
                        default -> Drop.DIALER_BAD_RECORD;
                    });
            channel.send(handshake.refuse(code, retryAfterSeconds));
            fail(new HandshakeException(Reason.RECORD_REFUSED, "the dialer was refused: " + why));
        }
    }
}
