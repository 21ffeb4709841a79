package org.torpeer.transport.loopback;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.Endpoint;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.TransportFailure;

/** Sees what happens on a network, on the loop where it happens. Must not block or change anything. */
public interface NetworkObserver {
    /** A chunk has arrived at a node. */
    void delivered(NodeRuntime at, byte[] chunk);

    /**
     * A node's dial has ended.
     *
     * @param failure null if it was connected
     */
    void dialed(NodeRuntime by, Endpoint target, @Nullable TransportFailure failure);
}
