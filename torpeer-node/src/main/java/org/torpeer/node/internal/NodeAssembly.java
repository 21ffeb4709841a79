package org.torpeer.node.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import org.torpeer.api.Node;
import org.torpeer.api.PeerId;
import org.torpeer.api.PeerState;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookEntry;
import org.torpeer.node.internal.book.BookShape;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.node.internal.crypto.Primitives;
import org.torpeer.node.internal.crypto.RecordSignatures;
import org.torpeer.node.internal.door.Conduct;
import org.torpeer.node.internal.record.PolicyInForce;
import org.torpeer.node.internal.record.RecordVerifier;
import org.torpeer.node.internal.session.Session;
import org.torpeer.node.internal.table.NodeStore;

/**
 * A node put together from what exists already, without a thread and without waiting: how {@link NodeLaunch} ends, and
 * the way into virtual time.
 */
public final class NodeAssembly {
    private final NodeComponent component;
    private final Identity identity;
    private final NodePlan plan;
    private final Transport transport;
    private final Teardown teardown;
    private final RecordSignatures signatures;

    /**
     * Puts a node together that was nobody before and whose network has no operator; nothing of it runs yet. What it is
     * given stays its giver's to close, but for the listener.
     *
     * @param plan its transport, folder, store and key are not looked at
     * @param store what an earlier run left in it is taken up
     */
    public NodeAssembly(NodePlan plan, Identity identity, NodeStore store, Transport transport, NodeRuntime runtime) {
        this(plan, identity, Primitives.real(), BookShape.DEFAULT, store, transport, runtime);
    }

    /** As the other one, of a simulation that has a cryptography and books of its own: the same for all its nodes. */
    public NodeAssembly(
            NodePlan plan,
            Identity identity,
            Primitives primitives,
            BookShape shape,
            NodeStore store,
            Transport transport,
            NodeRuntime runtime) {
        this(
                plan,
                identity,
                new Handover(List.of()),
                new PolicyInForce(plan.network(), null, plan.requirement()),
                primitives,
                shape,
                store,
                transport,
                runtime,
                new Teardown());
    }

    /**
     * @param teardown what the node's close runs; the listener is added to it
     */
    NodeAssembly(
            NodePlan plan,
            Identity identity,
            Handover handover,
            PolicyInForce policy,
            Primitives primitives,
            BookShape shape,
            NodeStore store,
            Transport transport,
            NodeRuntime runtime,
            Teardown teardown) {
        this.plan = plan;
        this.identity = identity;
        this.transport = transport;
        this.teardown = teardown;
        this.signatures = new RecordSignatures(plan.network(), primitives.signatures());
        this.component = DaggerNodeComponent.factory()
                .create(plan, identity, handover, policy, primitives, shape, store, transport, runtime, teardown);
        restore(component.book(), component.verifier(), store, handover, runtime);
    }

    /** The node; asked from its loop, which is anywhere between events in virtual time. */
    public Node node() {
        return component.node();
    }

    /**
     * Starts to listen, then to discover.
     *
     * @return completes when others can dial the node; fails as {@link Transport#listen} does
     */
    public CompletionStage<Node> start() {
        ListenRequest request = new ListenRequest(identity.key(), plan.port(), plan.forwards());
        return transport.listen(request, component.acceptor()::accept).thenApply(listener -> {
            teardown.add(listener);
            component.node().start();
            return component.node();
        });
    }

    /** Ends the node's listening, as a crash would, without a word to anyone; its runtime and transport are to close. */
    public void abandon() {
        teardown.run();
    }

    /** Whom the node would connect with: the peers in its book that it reached and that have not left. */
    public List<PeerId> partners() {
        return component.book().partners();
    }

    /** With whom the node has a session that it dialed. */
    public List<PeerId> dialed() {
        return component.sessions().preferred().stream()
                .filter(Session::outbound)
                .map(Session::peer)
                .filter(Objects::nonNull)
                .toList();
    }

    AddressBook book() {
        return component.book();
    }

    Conduct conduct() {
        return component.conduct();
    }

    /** Peers we had reached come first; what is of no use any more, or too much, is removed from the store too. */
    private void restore(
            AddressBook book, RecordVerifier verifier, NodeStore store, Handover handover, NodeRuntime runtime) {
        List<PeerId> useless = new ArrayList<>();
        store.peers().stream()
                .sorted(Comparator.comparing((StoredEntry peer) -> !peer.tried())
                        .thenComparing(peer -> peer.verifiedAt() == null))
                .forEach(peer -> {
                    PeerId id = peer.record().peer();
                    if (!good(peer.record(), verifier)
                            || !book.restore(peer, runtime.loop().nanoTime(), runtime.random())) {
                        useless.add(id);
                    }
                });
        store.save(List.of(), useless);
        for (SignedPeerRecord last : handover.records()) {
            StoredEntry own = new StoredEntry(last, 0, false, false, 0, null);
            book.restore(own, runtime.loop().nanoTime(), runtime.random());
        }
        book.entries().stream().filter(BookEntry::left).forEach(component.discovery()::changed);
    }

    private boolean good(SignedPeerRecord record, RecordVerifier verifier) {
        boolean timeless = record.content().state() == PeerState.REVOKED;
        return (timeless || verifier.glance(record.content()) == null) && signatures.valid(record);
    }
}
