package org.torpeer.api;

/** Hears what happens to a node, on its event loop: methods must not block. */
public interface NodeListener {
    /** A peer was dialed and authenticated by us for the first time since start. */
    default void peerVerified(KnownPeer peer) {}

    /** A session opened, by either side. */
    default void sessionOpened(PeerId peer) {}

    /** A session ended. */
    default void sessionClosed(PeerId peer, String reason) {}
}
