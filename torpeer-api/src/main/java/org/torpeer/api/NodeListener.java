package org.torpeer.api;

/** Hears what happens to a node, on its event loop: methods must not block. */
public interface NodeListener {
    /** A peer that was not online was dialed and authenticated by us. */
    default void peerVerified(KnownPeer peer) {}

    /** A peer was heard of, verified, not reached, or said something new of itself. */
    default void peerChanged(KnownPeer peer) {}

    /** A session opened, by either side. */
    default void sessionOpened(PeerId peer) {}

    /** A session ended. */
    default void sessionClosed(PeerId peer, String reason) {}
}
