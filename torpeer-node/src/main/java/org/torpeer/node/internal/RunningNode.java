package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.Endpoint;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkId;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.Node;
import org.torpeer.api.NodeListener;
import org.torpeer.api.Operation;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.RequestException;
import org.torpeer.api.RequestHandler;
import org.torpeer.api.Role;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.door.Doorkeeper;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.proto.Frame;

/** The node as its user sees it: every call goes to the loop. */
@Singleton
final class RunningNode implements Node, Doorkeeper.House {
    private static final Logger LOG = LoggerFactory.getLogger(RunningNode.class);
    private static final Duration GOODBYE = Duration.ofSeconds(3);

    private final NodePlan plan;
    private final OwnRecord ownRecord;
    private final RequestHandlers handlers;
    private final Sessions sessions;
    private final HandshakeDriver handshakes;
    private final Dialer dialer;
    private final Discovery discovery;
    private final Joining joining;
    private final RevocationIntake revocations;
    private final PolicyIntake policies;
    private final PolicyInForce policyInForce;
    private final NodeStore store;
    private final AddressBook book;
    private final Expiry expiry;
    private final PeerJournal journal;
    private final NodeListeners listeners;
    private final NodeRuntime runtime;
    private final Teardown teardown;
    private final DoorDesk door;
    private final Conduct conduct;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    /** What somebody may be waiting for. */
    private final Set<Promise<?>> open = ConcurrentHashMap.newKeySet();

    private volatile @Nullable SignedPeerRecord revocation;

    @Inject
    RunningNode(
            NodePlan plan,
            OwnRecord ownRecord,
            RequestHandlers handlers,
            Sessions sessions,
            HandshakeDriver handshakes,
            Dialer dialer,
            Discovery discovery,
            Joining joining,
            RevocationIntake revocations,
            PolicyIntake policies,
            PolicyInForce policyInForce,
            NodeStore store,
            AddressBook book,
            Expiry expiry,
            PeerJournal journal,
            NodeListeners listeners,
            NodeRuntime runtime,
            Teardown teardown,
            DoorDesk door,
            Conduct conduct) {
        this.plan = plan;
        this.ownRecord = ownRecord;
        this.handlers = handlers;
        this.sessions = sessions;
        this.handshakes = handshakes;
        this.dialer = dialer;
        this.discovery = discovery;
        this.joining = joining;
        this.revocations = revocations;
        this.policies = policies;
        this.policyInForce = policyInForce;
        this.store = store;
        this.book = book;
        this.expiry = expiry;
        this.journal = journal;
        this.listeners = listeners;
        this.runtime = runtime;
        this.teardown = teardown;
        this.door = door;
        this.conduct = conduct;
    }

    /** Begins to discover and to refresh our record. */
    void start() {
        runtime.loop().execute(() -> {
            policies.start();
            expiry.start();
            discovery.start();
        });
        scheduleRefresh();
    }

    @Override
    public NetworkId network() {
        return plan.network();
    }

    @Override
    public PeerId id() {
        return record().peer();
    }

    @Override
    public Endpoint endpoint() {
        return record().content().endpoint();
    }

    @Override
    public Role role() {
        return plan.role();
    }

    @Override
    public SignedPeerRecord record() {
        return ownRecord.current();
    }

    @Override
    public void handle(String protocol, RequestHandler handler) {
        handlers.add(protocol, handler);
        if (!record().content().protocols().contains(protocol)) {
            runtime.loop().execute(() -> discovery.announce(ownRecord.issue(PeerState.ACTIVE)));
        }
    }

    @Override
    public Operation<Integer> join(Collection<Endpoint> seeds) {
        List<Endpoint> others = seeds.stream()
                .filter(seed -> !seed.peer().equals(id()))
                .distinct()
                .toList();
        return onLoop(joined -> joining.through(others, joined));
    }

    @Override
    public Operation<Integer> joinFrom(Collection<SignedPeerRecord> records) {
        List<SignedPeerRecord> others =
                records.stream().filter(record -> !record.peer().equals(id())).toList();
        return onLoop(joined -> joining.from(others, joined));
    }

    @Override
    public List<KnownPeer> peers() {
        return fromLoop(() -> {
            Set<PeerId> connected = sessions.peers();
            return book.entries().stream()
                    .map(entry -> entry.snapshot(connected.contains(entry.id())))
                    .toList();
        });
    }

    @Override
    public Operation<byte[]> request(PeerId peer, String protocol, byte[] body, Duration timeout) {
        if (body.length > MAX_BODY_BYTES) {
            Promise<byte[]> refused = new Promise<>();
            refused.fail(new RequestException(
                    RequestException.Reason.TOO_LARGE, "a request has at most " + MAX_BODY_BYTES + " bytes"));
            return refused;
        }
        RequestHandlers.checkName(protocol);
        byte[] copy = body.clone();
        return onLoop(answer -> request(peer, protocol, copy, timeout, answer));
    }

    @Override
    public Operation<Integer> publish(SignedPeerRecord revocation) {
        if (revocation.content().state() != PeerState.REVOKED) {
            throw new InvalidInputException("only a revocation can be published, and this record is none");
        }
        return onLoop(published -> {
            SignedPeerRecord known = book.revocation(revocation.peer());
            if (known != null) {
                discovery.announce(known);
                finish(published, null);
            } else {
                revocations.offer(revocation, Source.LISTS).whenComplete((done, failure) -> finish(published, failure));
            }
        });
    }

    @Override
    public Operation<Integer> publish(SignedNetworkPolicy policy) {
        return onLoop(published -> policies.offer(policy).whenComplete((done, failure) -> finish(published, failure)));
    }

    @Override
    public NetworkPolicy policy() {
        return policyInForce.current();
    }

    private void finish(Promise<Integer> published, @Nullable Throwable failure) {
        if (failure != null) {
            published.fail(failure);
        } else {
            published.complete(sessions.peers().size());
        }
    }

    /** Our own key was given up: there is nothing left for this node to do but to say so. */
    void revoked(SignedPeerRecord certificate) {
        if (revocation != null) {
            return;
        }
        revocation = certificate;
        LOG.error("the key of this node, {}, was revoked: it stops, and will not start with it again", id());
        try {
            // On the loop, so that whoever hears of it and closes this node cannot come first.
            store.save(List.of(new StoredEntry(certificate, 0, false, false, 0, null)), List.of());
        } catch (TorPeerException e) {
            LOG.error("the revocation of our key could not be stored: {}", e.getMessage());
        }
        listeners.identityRevoked(certificate);
        runtime.blocking().newThread(this::close).start();
    }

    @Override
    public Doorkeeper doorkeeper() {
        return door;
    }

    @Override
    public void addListener(NodeListener listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        if (runtime.loop().isCurrent()) {
            throw new IllegalStateException("a node cannot be closed from its own callbacks: use another thread");
        }
        if (!closed.compareAndSet(false, true)) {
            ended.join();
            return;
        }
        CompletableFuture<Void> saidGoodbye = new CompletableFuture<>();
        runtime.loop().execute(() -> sayGoodbye(saidGoodbye));
        waitFor(saidGoodbye);
        try {
            teardown.run();
        } finally {
            ended.complete(null);
        }
    }

    private void sayGoodbye(CompletableFuture<Void> done) {
        discovery.stop();
        dialer.close();
        handshakes.close();
        try {
            SignedPeerRecord certificate = revocation;
            SignedPeerRecord leaving = certificate == null ? ownRecord.issue(PeerState.LEAVING) : certificate;
            List.copyOf(sessions.preferred()).forEach(session -> session.announce(leaving));
        } catch (TorPeerException e) {
            LOG.warn("closing goes on without a goodbye: {}", e.getMessage());
        }
        CompletionStage<Void> drained = sessions.closeAll(Frame.Reason.LEAVING);
        try {
            // The store is closed once this is done.
            journal.close();
            conduct.close();
        } catch (TorPeerException e) {
            LOG.warn("closing goes on, and what happened last is not kept: {}", e.getMessage());
        }
        drained.whenComplete((nothing, failure) -> done.complete(null));
        List.copyOf(open).forEach(operation -> operation.fail(closedException()));
    }

    private void request(PeerId peer, String protocol, byte[] body, Duration timeout, Promise<byte[]> answer) {
        Session open = sessions.with(peer);
        if (open != null && !open.isClosed()) {
            answer.follow(open.request(protocol, body, timeout));
            return;
        }
        BookEntry known = book.get(peer);
        if (known == null) {
            answer.fail(new RequestException(
                    RequestException.Reason.UNKNOWN_PEER,
                    peer + " is not known here: join a network that has it first"));
            return;
        }
        long started = runtime.loop().nanoTime();
        Cancellable timer = runtime.loop()
                .schedule(
                        timeout,
                        () -> answer.fail(new RequestException(
                                RequestException.Reason.TIMEOUT, "the peer did not answer in time")));
        answer.completion().whenComplete((answered, failure) -> timer.cancel());
        dialer.dialFirst(known.endpoint()).whenComplete((session, failure) -> {
            if (session == null) {
                String why = failure == null ? "no session" : failure.getMessage();
                answer.fail(new RequestException(
                        RequestException.Reason.UNREACHABLE, peer + " cannot be reached: " + why, failure));
                return;
            }
            discovery.reached(session);
            Duration left = timeout.minusNanos(runtime.loop().nanoTime() - started);
            answer.follow(session.request(protocol, body, left));
        });
    }

    private void scheduleRefresh() {
        long quarter = OwnRecord.REFRESH.toMillis() / 4;
        Duration delay = OwnRecord.REFRESH.plusMillis(runtime.random().nextLong(-quarter, quarter));
        runtime.loop().schedule(delay, () -> {
            if (!closed.get()) {
                scheduleRefresh();
                discovery.announce(ownRecord.issue(PeerState.ACTIVE));
            }
        });
    }

    private <T> Operation<T> onLoop(Consumer<Promise<T>> action) {
        Promise<T> promise = new Promise<>();
        open.add(promise);
        promise.completion().whenComplete((result, failure) -> open.remove(promise));
        if (closed.get()) {
            promise.fail(closedException());
        } else {
            runtime.loop().execute(() -> attempt(action, promise));
        }
        return promise;
    }

    private static <T> void attempt(Consumer<Promise<T>> action, Promise<T> promise) {
        try {
            action.accept(promise);
        } catch (RuntimeException e) {
            promise.fail(e);
        }
    }

    private <T> T fromLoop(Supplier<T> question) {
        if (closed.get()) {
            throw closedException();
        }
        if (runtime.loop().isCurrent()) {
            return question.get();
        }
        Promise<T> answer = new Promise<>();
        runtime.loop().execute(() -> answer.complete(question.get()));
        return answer.await(Duration.ofSeconds(30));
    }

    private static RequestException closedException() {
        return new RequestException(RequestException.Reason.CLOSED, "this node is closed");
    }

    private static void waitFor(CompletableFuture<Void> done) {
        try {
            done.get(GOODBYE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.debug("not every peer took our goodbye", e);
        }
    }
}
