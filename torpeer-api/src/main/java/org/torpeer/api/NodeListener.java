package org.torpeer.api;

/** Hears what happens to a node, on its event loop: methods must not block. */
public interface NodeListener {
    /** A peer that was not online was dialed and authenticated by us. */
    default void peerVerified(KnownPeer peer) {}

    /** A peer was heard of, verified, not reached, or said something new of itself. */
    default void peerChanged(KnownPeer peer) {}

    /** The operator of the network changed what it demands. */
    default void policyChanged(NetworkPolicy policy) {}

    /** Our own key was revoked, by whoever has its certificate; the node is about to close itself. */
    default void identityRevoked(SignedPeerRecord certificate) {}

    /** A peer that was not connected is, by a dial of either side. */
    default void sessionOpened(PeerId peer) {}

    /** The last session with a peer ended. */
    default void sessionClosed(PeerId peer, String reason) {}
}
