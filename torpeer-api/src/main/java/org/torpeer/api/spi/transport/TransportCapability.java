package org.torpeer.api.spi.transport;

/** What a transport may be able to do beside dialing and listening. */
public enum TransportCapability {
    /** Its peers may be on other machines. */
    REMOTE,
    /** Hides where a node is. */
    ANONYMOUS,
    /** {@link Transport#hostDialer()} is there. */
    HOST_DIALER,
    /** A listener may carry {@link ListenRequest#forwards()}. */
    FORWARDS
}
