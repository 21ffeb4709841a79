package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.PeerEntry;
import org.torpeer.node.internal.table.PeerJournal;
import org.torpeer.node.internal.table.PeerTable;
import org.torpeer.proto.Frame;

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
    private final Identity identity;
    private final Provider<RunningNode> node;
    /** What is being verified; the verifier bounds how much that is. */
    private final Map<SignedPeerRecord, CompletionStage<Void>> underWay = new HashMap<>();

    @Inject
    RecordIntake(
            RecordVerifier verifier,
            PeerTable table,
            PeerJournal journal,
            Discovery discovery,
            Sessions sessions,
            NodeListener listener,
            NodeRuntime runtime,
            Identity identity,
            Provider<RunningNode> node) {
        this.verifier = verifier;
        this.table = table;
        this.journal = journal;
        this.discovery = discovery;
        this.sessions = sessions;
        this.listener = listener;
        this.runtime = runtime;
        this.identity = identity;
        this.node = node;
    }

    /** Takes a well-formed record from anywhere; completes when it is in the table, or was found of no use. */
    CompletionStage<Void> offer(SignedPeerRecord record) {
        if (record.content().state() == PeerState.REVOKED) {
            return offerRevocation(record).exceptionally(failure -> {
                LOG.debug("{}: {}", record.peer(), failure.getMessage());
                return null;
            });
        }
        if (verifier.glance(record.content()) != null || !table.wants(record)) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> same = underWay.get(record);
        if (same != null) {
            return same;
        }
        CompletionStage<Void> looked = verifier.verify(record).handle((done, failure) -> {
            underWay.remove(record);
            if (failure == null) {
                verified(record);
            } else {
                LOG.debug("{}: {}", record.peer(), failure.getMessage());
            }
            return null;
        });
        if (!looked.toCompletableFuture().isDone()) {
            underWay.put(record, looked);
        }
        return looked;
    }

    /**
     * Takes a certificate that gives a key up. Of a key that we know, its signature is enough; of others it has to come
     * with a proof, or anybody could fill our memory with keys that never were peers. Fails with a {@link
     * org.torpeer.api.TorPeerException} if it is not genuine.
     */
    CompletionStage<Void> offerRevocation(SignedPeerRecord certificate) {
        boolean own = certificate.peer().equals(identity.id());
        if (!own && !table.wants(certificate)) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> same = underWay.get(certificate);
        if (same != null) {
            return same;
        }
        boolean known = own || table.get(certificate.peer()) != null;
        CompletionStage<Void> judged = known ? verifier.verifySignature(certificate) : verifier.verify(certificate);
        CompletionStage<Void> looked = judged.whenComplete((done, failure) -> underWay.remove(certificate))
                .thenRun(() -> revoked(certificate, own));
        if (!looked.toCompletableFuture().isDone()) {
            underWay.put(certificate, looked);
        }
        return looked;
    }

    private void revoked(SignedPeerRecord certificate, boolean own) {
        if (own) {
            node.get().revoked(certificate);
            return;
        }
        verified(certificate);
        for (Session session : sessions.allWith(certificate.peer())) {
            session.announce(certificate);
            session.goAway(Frame.Reason.PROTOCOL_ERROR);
        }
    }

    /** Takes a record that passed every check; what is news of a peer that we have authenticated is passed on. */
    void verified(SignedPeerRecord record) {
        PeerEntry changed = table.put(record, runtime.loop().nanoTime());
        if (changed == null) {
            return;
        }
        journal.changed(changed.id());
        table.takeDisplaced().forEach(journal::changed);
        listener.peerChanged(changed.snapshot(sessions.with(changed.id()) != null));
        if (changed.verifiedAt() != null || record.content().state() == PeerState.REVOKED) {
            discovery.announce(record);
        }
        discovery.wake();
    }
}
