package org.torpeer.api;

/** What a node does in its network. */
public enum Role {
    /** Takes part in peering and carries application traffic. */
    PARTICIPANT,
    /** Does peering only. */
    ROUTER
}
