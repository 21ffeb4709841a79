package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.torpeer.api.Endpoint;
import org.torpeer.api.JoinException;
import org.torpeer.api.PeerId;
import org.torpeer.api.Progress;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.handshake.HandshakeException;
import org.torpeer.node.internal.session.Session;
import org.torpeer.proto.PeerListCodec;

/** Gets a newcomer into the network. Lives on the loop. */
@Singleton
final class Joining {
    /** A service that was published a moment ago may not be found yet, so a seed gets several tries. */
    private static final int TRIES = 5;
    /** One that has no room says when to come back. */
    private static final int TRIES_WHEN_BUSY = 8;

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);
    /** However long a seed without room wants us to wait. */
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    private final Dialer dialer;
    private final RecordIntake intake;
    private final Discovery discovery;
    private final AddressBook book;
    private final NodeRuntime runtime;

    @Inject
    Joining(Dialer dialer, RecordIntake intake, Discovery discovery, AddressBook book, NodeRuntime runtime) {
        this.dialer = dialer;
        this.intake = intake;
        this.discovery = discovery;
        this.book = book;
        this.runtime = runtime;
    }

    /** As {@link org.torpeer.api.Node#join}. */
    void through(Collection<Endpoint> seeds, Promise<Integer> joined) {
        if (seeds.isEmpty()) {
            joined.fail(new JoinException("there is no seed to join through: name at least one"));
            return;
        }
        List<String> failures = new ArrayList<>();
        int[] left = {seeds.size()};
        for (Endpoint seed : seeds) {
            ask(seed, 1, FIRST_PAUSE, joined).whenComplete((records, failure) -> {
                left[0]--;
                if (records != null) {
                    joined.report(new Progress("join", 0.5, "heard of " + records.size() + " peers"));
                    tryAll(records, Source.peer(seed.peer()), joined);
                } else if (failure != null) {
                    failures.add(seed + ": " + Promise.cause(failure).getMessage());
                }
                if (left[0] == 0 && failures.size() == seeds.size()) {
                    joined.fail(new JoinException("no seed could be joined through: " + String.join("; ", failures)));
                }
            });
        }
    }

    /** As {@link org.torpeer.api.Node#joinFrom}. */
    void from(Collection<SignedPeerRecord> records, Promise<Integer> joined) {
        if (records.isEmpty()) {
            joined.fail(new JoinException("the peer list is empty: try another one"));
            return;
        }
        tryAll(records, Source.LISTS, joined);
    }

    private CompletionStage<List<SignedPeerRecord>> ask(
            Endpoint seed, int tries, Duration pause, Promise<Integer> joined) {
        CompletableFuture<List<SignedPeerRecord>> answer = new CompletableFuture<>();
        dialer.dialFirst(seed).thenCompose(this::introduced).whenComplete((records, failure) -> {
            if (records != null) {
                answer.complete(records);
                return;
            }
            Throwable cause = failure == null ? new IllegalStateException("no records") : Promise.cause(failure);
            if (joined.isDone() || !worthAnotherTry(cause, tries)) {
                answer.completeExceptionally(cause);
                return;
            }
            runtime.loop()
                    .schedule(
                            pauseBefore(cause, pause),
                            () -> ask(seed, tries + 1, pause.multipliedBy(2), joined)
                                    .whenComplete((later, finalFailure) -> {
                                        if (later != null) {
                                            answer.complete(later);
                                        } else {
                                            answer.completeExceptionally(
                                                    finalFailure == null ? cause : Promise.cause(finalFailure));
                                        }
                                    }));
        });
        return answer;
    }

    private CompletionStage<List<SignedPeerRecord>> introduced(Session session) {
        discovery.reached(session);
        return session.askForPeers(PeerListCodec.MAX_RECORDS, false);
    }

    private void tryAll(Collection<SignedPeerRecord> records, Source source, Promise<Integer> joined) {
        Set<PeerId> peers = records.stream().map(SignedPeerRecord::peer).collect(Collectors.toSet());
        CompletionStage<Void> looked = CompletableFuture.allOf(records.stream()
                .map(record -> intake.offer(record, source).toCompletableFuture())
                .toArray(CompletableFuture[]::new));
        looked.thenCompose(done -> discovery.tried(peers)).whenComplete((done, failure) -> finish(joined));
    }

    private void finish(Promise<Integer> joined) {
        int verified = book.reached();
        if (verified == 0) {
            joined.fail(new JoinException("none of the peers heard of could be reached: try another seed"));
        } else {
            joined.complete(verified);
        }
    }

    /** A seed without room says when it may have some. More or less at random, since many may be waiting. */
    private Duration pauseBefore(Throwable cause, Duration usual) {
        Duration busy = cause instanceof HandshakeException handshake ? handshake.whenBusy() : null;
        Duration least = busy == null ? usual.dividedBy(2) : busy;
        long millis = Math.max(Math.min(least.toMillis(), LONGEST_PAUSE.toMillis()), 1);
        return Duration.ofMillis(millis + runtime.random().nextLong(2 * millis));
    }

    private static boolean worthAnotherTry(Throwable cause, int tries) {
        if (!(cause instanceof HandshakeException handshake)) {
            return tries < TRIES;
        }
        return handshake.whenBusy() != null ? tries < TRIES_WHEN_BUSY : tries < TRIES && mayEndOtherwise(handshake);
    }

    private static boolean mayEndOtherwise(HandshakeException handshake) {
        return handshake.reason() == HandshakeException.Reason.BROKEN
                || handshake.reason() == HandshakeException.Reason.DISCONNECTED
                || handshake.reason() == HandshakeException.Reason.TIMEOUT;
    }
}
