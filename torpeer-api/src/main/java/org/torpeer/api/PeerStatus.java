package org.torpeer.api;

/** What we judge of a peer from its own record and our own dials; never from what others say. */
public enum PeerStatus {
    /** Heard of, never reached by us. */
    UNKNOWN,
    /** Reached and authenticated at our last attempt. */
    ONLINE,
    /** Our last attempt failed for a reason of the peer's own. */
    OFFLINE,
    /** Said goodbye. */
    LEFT,
    /** Handed over to another key, whose owner we have reached and authenticated. */
    REPLACED,
    /** Gave its key up for good. */
    REVOKED
}
