package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.KnownPeer;
import org.torpeer.api.NetworkPolicy;
import org.torpeer.api.NodeListener;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;

/** Tells every listener; one that throws is logged and harms nobody else. */
@Singleton
final class NodeListeners implements NodeListener {
    private static final Logger LOG = LoggerFactory.getLogger(NodeListeners.class);

    private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();

    @Inject
    NodeListeners(NodePlan plan) {
        NodeListener first = plan.listener();
        if (first != null) {
            listeners.add(first);
        }
    }

    void add(NodeListener listener) {
        listeners.add(listener);
    }

    @Override
    public void peerVerified(KnownPeer peer) {
        tell(listener -> listener.peerVerified(peer));
    }

    @Override
    public void peerChanged(KnownPeer peer) {
        tell(listener -> listener.peerChanged(peer));
    }

    @Override
    public void policyChanged(NetworkPolicy policy) {
        tell(listener -> listener.policyChanged(policy));
    }

    @Override
    public void identityRevoked(SignedPeerRecord certificate) {
        tell(listener -> listener.identityRevoked(certificate));
    }

    @Override
    public void sessionOpened(PeerId peer) {
        tell(listener -> listener.sessionOpened(peer));
    }

    @Override
    public void sessionClosed(PeerId peer, String reason) {
        tell(listener -> listener.sessionClosed(peer, reason));
    }

    private void tell(Consumer<NodeListener> event) {
        for (NodeListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException e) {
                LOG.error("a listener failed", e);
            }
        }
    }
}
