package org.torpeer.api;

/** What a record says about its owner. */
public enum PeerState {
    ACTIVE,
    /** The owner went away in an orderly manner. */
    LEAVING,
    /** The owner gave the key up for good. */
    REVOKED
}
