package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.runtime.Promise;
import org.torpeer.node.internal.record.RecordRejectedException;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.record.Rejection;
import org.torpeer.node.internal.table.PeerEntry;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.node.internal.table.PeerTable;
import org.torpeer.node.internal.tally.Drop;
import org.torpeer.node.internal.tally.Tally;

/** The way of a record into the table: cheap checks, is it of any use, expensive checks, table. Lives on the loop. */
@Singleton
final class RecordIntake {
    private static final Logger LOG = LoggerFactory.getLogger(RecordIntake.class);

    private final RecordVerifier verifier;
    private final PeerTable table;
    private final PeerJournal journal;
    private final Discovery discovery;
    private final Sessions sessions;
    private final NodeListener listener;
    private final NodeRuntime runtime;
    private final RevocationIntake revocations;
    private final Tally tally;
    /** What is being verified; the verifier bounds how much that is. */
    private final Map<SignedPeerRecord, CompletionStage<Optional<Rejection>>> underWay = new HashMap<>();

    @Inject
    RecordIntake(
            RecordVerifier verifier,
            PeerTable table,
            PeerJournal journal,
            Discovery discovery,
            Sessions sessions,
            NodeListener listener,
            NodeRuntime runtime,
            RevocationIntake revocations,
            Tally tally) {
        this.verifier = verifier;
        this.table = table;
        this.journal = journal;
        this.discovery = discovery;
        this.sessions = sessions;
        this.listener = listener;
        this.runtime = runtime;
        this.revocations = revocations;
        this.tally = tally;
    }

    /**
     * Takes a well-formed record from anywhere.
     *
     * @param by the authenticated peer whose session it came over, null if the node's own user brought it
     * @return completes when it is in the table, or was found of no use, or refused: then with the reason
     */
    CompletionStage<Optional<Rejection>> offer(SignedPeerRecord record, @Nullable PeerId by) {
        if (record.content().state() == PeerState.REVOKED) {
            return revocations.offer(record, by).handle((done, failure) -> ofRevocation(record, failure));
        }
        Rejection seen = verifier.glance(record.content());
        if (seen != null || !table.wants(record, runtime.loop().nanoTime())) {
            tally.count(seen == null ? Drop.RECORD_NO_NEWS : seen.drop());
            return CompletableFuture.completedStage(Optional.ofNullable(seen));
        }
        CompletionStage<Optional<Rejection>> same = underWay.get(record);
        if (same != null) {
            return same;
        }
        CompletionStage<Optional<Rejection>> looked =
                verifier.verifyHearsay(record, by).handle((done, failure) -> looked(record, failure));
        if (!looked.toCompletableFuture().isDone()) {
            underWay.put(record, looked);
        }
        return looked;
    }

    private Optional<Rejection> looked(SignedPeerRecord record, @Nullable Throwable failure) {
        underWay.remove(record);
        if (failure == null) {
            verified(record);
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

    /** Takes a record that passed every check; what is news of a peer that we have authenticated is passed on. */
    void verified(SignedPeerRecord record) {
        PeerEntry changed = table.put(record, runtime.loop().nanoTime());
        if (changed == null) {
            return;
        }
        journal.changed(changed.id());
        listener.peerChanged(changed.snapshot(sessions.with(changed.id()) != null));
        if (changed.verifiedAt() != null) {
            discovery.announce(record);
        }
        discovery.wake();
    }
}
