package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.torpeer.api.NodeListener;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.AddressBook.Taken;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.Source;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.session.Session;
import org.torpeer.proto.Frame;

/** The way of a certificate that gives a key up: into the book, to others, and to the peer it is about. Lives on the loop. */
@Singleton
final class RevocationIntake {
    private final RecordVerifier verifier;
    private final AddressBook book;
    private final Discovery discovery;
    private final Sessions sessions;
    private final NodeListener listener;
    private final NodeRuntime runtime;
    private final Identity identity;
    private final Provider<RunningNode> node;
    /** What is being verified; the verifier bounds how much that is. */
    private final Map<SignedPeerRecord, CompletionStage<Void>> underWay = new HashMap<>();

    @Inject
    RevocationIntake(
            RecordVerifier verifier,
            AddressBook book,
            Discovery discovery,
            Sessions sessions,
            NodeListener listener,
            NodeRuntime runtime,
            Identity identity,
            Provider<RunningNode> node) {
        this.verifier = verifier;
        this.book = book;
        this.discovery = discovery;
        this.sessions = sessions;
        this.listener = listener;
        this.runtime = runtime;
        this.identity = identity;
        this.node = node;
    }

    /**
     * Takes a certificate from anywhere. Of a key that we know, its signature is enough; of others it has to come with a
     * proof, or anybody could fill our memory with keys that never were peers. Fails with a {@link
     * org.torpeer.node.internal.record.RecordRejectedException} if it is not genuine.
     */
    CompletionStage<Void> offer(SignedPeerRecord certificate, Source source) {
        boolean own = certificate.peer().equals(identity.id());
        if (!own && !book.wants(certificate, source)) {
            return CompletableFuture.completedStage(null);
        }
        CompletionStage<Void> same = underWay.get(certificate);
        if (same != null) {
            return same;
        }
        boolean known = own || book.contains(certificate.peer());
        CompletionStage<Void> judged =
                known ? verifier.verifySignature(certificate) : verifier.verifyHearsay(certificate, source.peer());
        CompletionStage<Void> looked = judged.whenComplete((done, failure) -> underWay.remove(certificate))
                .thenRun(() -> genuine(certificate, source, own));
        if (!looked.toCompletableFuture().isDone()) {
            underWay.put(certificate, looked);
        }
        return looked;
    }

    private void genuine(SignedPeerRecord certificate, Source source, boolean own) {
        if (own) {
            node.get().revoked(certificate);
            return;
        }
        Taken taken = book.put(certificate, source, runtime.loop().nanoTime());
        BookEntry changed = taken == Taken.REFUSED ? null : book.get(certificate.peer());
        if (changed == null) {
            return;
        }
        discovery.announce(certificate);
        for (Session session : sessions.allWith(changed.id())) {
            session.announce(certificate);
            session.goAway(Frame.Reason.PROTOCOL_ERROR);
        }
        listener.peerChanged(changed.snapshot(false));
        discovery.wake();
    }
}
