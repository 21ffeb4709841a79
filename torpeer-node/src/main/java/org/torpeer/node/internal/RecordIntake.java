package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.AddressBook.Taken;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.record.RecordRejectedException;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.record.Rejection;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;

/** The way of a record into the address book: is it news, cheap checks, expensive checks, book. Lives on the loop. */
@Singleton
final class RecordIntake {
    private static final Logger LOG = LoggerFactory.getLogger(RecordIntake.class);

    private final RecordVerifier verifier;
    private final AddressBook book;
    private final Discovery discovery;
    private final Sessions sessions;
    private final NodeListener listener;
    private final NodeRuntime runtime;
    private final RevocationIntake revocations;
    private final ChangeRate changes;
    private final Tally tally;
    /** What is being verified; the verifier bounds how much that is. */
    private final Map<SignedPeerRecord, CompletionStage<Optional<Rejection>>> underWay = new HashMap<>();

    @Inject
    RecordIntake(
            RecordVerifier verifier,
            AddressBook book,
            Discovery discovery,
            Sessions sessions,
            NodeListener listener,
            NodeRuntime runtime,
            RevocationIntake revocations,
            ChangeRate changes,
            Tally tally) {
        this.verifier = verifier;
        this.book = book;
        this.discovery = discovery;
        this.sessions = sessions;
        this.listener = listener;
        this.runtime = runtime;
        this.revocations = revocations;
        this.changes = changes;
        this.tally = tally;
    }

    /**
     * Takes a well-formed record from anywhere.
     *
     * @param source over whose session it came
     * @return completes when it is in the book, or was found of no use, or refused: then with the reason
     */
    CompletionStage<Optional<Rejection>> offer(SignedPeerRecord record, Source source) {
        if (repeats(record, source)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        if (record.content().state() == PeerState.REVOKED) {
            return revocations.offer(record, source).handle((done, failure) -> ofRevocation(record, failure));
        }
        Rejection seen = verifier.glance(record.content());
        if (seen != null) {
            tally.count(seen.drop());
            return CompletableFuture.completedStage(Optional.of(seen));
        }
        if (!wants(record, source)) {
            repeated(record, source);
            return CompletableFuture.completedStage(Optional.empty());
        }
        CompletionStage<Optional<Rejection>> same = underWay.get(record);
        if (same != null) {
            return same;
        }
        CompletionStage<Optional<Rejection>> looked = verifier.verifyHearsay(record, source.peer())
                .handle((done, failure) -> looked(record, source, failure));
        if (!looked.toCompletableFuture().isDone()) {
            underWay.put(record, looked);
        }
        return looked;
    }

    /** Whether the record, or a newer one of its peer, is in the book already; that it came again is then taken note of. */
    private boolean repeats(SignedPeerRecord record, Source source) {
        boolean held = book.holds(record);
        if (held) {
            repeated(record, source);
        }
        return held;
    }

    /** Takes note of those of the records that were in the book already. */
    void repeated(List<SignedPeerRecord> records, BitSet held, Source source) {
        tally.count(Drop.RECORD_NO_NEWS, held.cardinality());
        for (int i = held.nextSetBit(0); i >= 0; i = held.nextSetBit(i + 1)) {
            heardAgain(records.get(i), source);
        }
    }

    private void repeated(SignedPeerRecord record, Source source) {
        tally.count(Drop.RECORD_NO_NEWS);
        heardAgain(record, source);
    }

    private void heardAgain(SignedPeerRecord record, Source source) {
        if (source.authenticated()) {
            book.heardAgain(record.peer(), source, runtime.random());
        }
    }

    private Optional<Rejection> looked(SignedPeerRecord record, Source source, @Nullable Throwable failure) {
        underWay.remove(record);
        if (failure == null) {
            verified(record, source);
            return Optional.empty();
        }
        return rejection(record, failure);
    }

    /** Who passes a revocation on and knew its key has not looked at the proof, which says nothing against it then. */
    private static Optional<Rejection> ofRevocation(SignedPeerRecord record, @Nullable Throwable failure) {
        return failure == null
                ? Optional.empty()
                : rejection(record, failure).filter(reason -> reason == Rejection.BAD_SIGNATURE);
    }

    private static Optional<Rejection> rejection(SignedPeerRecord record, Throwable failure) {
        LOG.debug("{}: {}", record.peer(), failure.getMessage());
        return Promise.cause(failure) instanceof RecordRejectedException known
                ? Optional.of(known.rejection())
                : Optional.empty();
    }

    /** A peer dialed us and showed its record, which passed every check: a claim, until it is dialed back. */
    void dialedUs(SignedPeerRecord shown) {
        Source itself = Source.peer(shown.peer());
        if (wants(shown, itself)) {
            verified(shown, itself);
        } else {
            book.heardAgain(shown.peer(), itself, runtime.random());
        }
        discovery.dialedUs(shown.peer());
    }

    private boolean wants(SignedPeerRecord record, Source source) {
        return !restless(record) && book.wants(record, source);
    }

    /** Whether its peer changes too often. A goodbye is always heard. */
    private boolean restless(SignedPeerRecord record) {
        return record.content().state() == PeerState.ACTIVE && changes.exceeded(record.peer());
    }

    /** Takes a record that passed every check; what is news of a peer that we have authenticated is passed on. */
    private void verified(SignedPeerRecord record, Source source) {
        Taken taken = restless(record)
                ? Taken.REFUSED
                : book.put(record, source, runtime.loop().nanoTime());
        BookEntry entry = taken == Taken.REFUSED ? null : book.get(record.peer());
        if (entry == null) {
            return;
        }
        if (taken == Taken.CHANGED) {
            changes.count(entry.id());
        }
        discovery.changed(entry);
        listener.peerChanged(entry.snapshot(sessions.with(entry.id()) != null));
        if (entry.verifiedAt() != null) {
            discovery.announce(record);
        }
        discovery.wake();
    }
}
