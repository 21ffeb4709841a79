package org.torpeer.transport.loopback;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportException;
import org.torpeer.api.spi.transport.TransportFailure;

/** The networks of this process that are found by name, each from its first transport to its last. */
final class NamedNetworks {
    /** How many may be in use at a time. */
    static final int MAX_NETWORKS = 1024;

    private static final Map<String, Shared> SHARED = new HashMap<>();

    private NamedNetworks() {}

    static Transport attach(String name, NodeRuntime runtime) {
        synchronized (SHARED) {
            if (SHARED.size() == MAX_NETWORKS && !SHARED.containsKey(name)) {
                throw new TransportException(
                        TransportFailure.LOCAL,
                        MAX_NETWORKS + " loopback networks are in use: close the transports of one of them first");
            }
            Shared shared = SHARED.computeIfAbsent(name, absent -> new Shared());
            shared.transports++;
            return shared.network.attach(runtime, () -> release(name));
        }
    }

    static Optional<LoopbackNetwork> find(String name) {
        synchronized (SHARED) {
            return Optional.ofNullable(SHARED.get(name)).map(shared -> shared.network);
        }
    }

    private static void release(String name) {
        synchronized (SHARED) {
            SHARED.computeIfPresent(name, (same, shared) -> --shared.transports == 0 ? null : shared);
        }
    }

    private static final class Shared {
        private final LoopbackNetwork network = new LoopbackNetwork();
        private int transports;
    }
}
