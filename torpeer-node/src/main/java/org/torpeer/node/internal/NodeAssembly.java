package org.torpeer.node.internal;

import java.util.concurrent.CompletionStage;
import org.torpeer.api.Node;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.ListenRequest;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.node.identity.Identity;
import org.torpeer.node.internal.table.NodeStore;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.StoredPeer;

/**
 * A node put together from what exists already, without a thread and without waiting: the way into virtual time. What it
 * is given stays its giver's to close, but for the listener.
 */
public final class NodeAssembly {
    private final NodeComponent component;
    private final Identity identity;
    private final NodePlan plan;
    private final Transport transport;
    private final Teardown teardown = new Teardown();

    /**
     * Puts a node together; nothing of it runs yet.
     *
     * @param plan its transport, folder, store and key are not looked at
     * @param store what an earlier run left in it is taken up
     */
    public NodeAssembly(NodePlan plan, Identity identity, NodeStore store, Transport transport, NodeRuntime runtime) {
        this.plan = plan;
        this.identity = identity;
        this.transport = transport;
        this.component = DaggerNodeComponent.factory().create(plan, identity, store, transport, runtime, teardown);
        restore(store, runtime);
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

    private void restore(NodeStore store, NodeRuntime runtime) {
        for (StoredPeer peer : store.peers()) {
            SignedPeerRecord record = peer.record();
            if (component.verifier().glance(record.content()) == null
                    && RecordCodec.signatureValid(record, plan.network())) {
                component
                        .table()
                        .restore(record, peer.verifiedAt(), runtime.loop().nanoTime());
            }
        }
    }
}
