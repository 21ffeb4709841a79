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

    private static final Duration FIRST_PAUSE = Duration.ofMillis(300);

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
            ask(seed, TRIES, FIRST_PAUSE, joined).whenComplete((records, failure) -> {
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
            Endpoint seed, int triesLeft, Duration pause, Promise<Integer> joined) {
        CompletableFuture<List<SignedPeerRecord>> answer = new CompletableFuture<>();
        dialer.dialFirst(seed).thenCompose(this::introduced).whenComplete((records, failure) -> {
            if (records != null) {
                answer.complete(records);
                return;
            }
            Throwable cause = failure == null ? new IllegalStateException("no records") : Promise.cause(failure);
            if (triesLeft <= 1 || joined.isDone() || !worthAnotherTry(cause)) {
                answer.completeExceptionally(cause);
                return;
            }
            runtime.loop()
                    .schedule(
                            pause,
                            () -> ask(seed, triesLeft - 1, pause.multipliedBy(2), joined)
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

    private static boolean worthAnotherTry(Throwable cause) {
        return !(cause instanceof HandshakeException handshake)
                || handshake.reason() == HandshakeException.Reason.DISCONNECTED
                || handshake.reason() == HandshakeException.Reason.TIMEOUT;
    }
}
