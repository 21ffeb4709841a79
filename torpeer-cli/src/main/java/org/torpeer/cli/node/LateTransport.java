package org.torpeer.cli.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;

/** The transport of a node: opened once, when it is first wanted; closed after the node. */
final class LateTransport implements AutoCloseable {
    private final NodeRunPlan plan;
    private final NodeRuntime runtime;
    private @Nullable Operation<Transport> opening;

    LateTransport(NodeRunPlan plan, NodeRuntime runtime) {
        this.plan = plan;
        this.runtime = runtime;
    }

    synchronized Operation<Transport> open() {
        if (opening != null) {
            return opening;
        }
        Operation<Transport> begun = Providers.transports()
                .require(plan.transport())
                .open(new TransportContext(plan.settings(), plan.data(), runtime));
        opening = begun;
        return begun;
    }

    /** To be asked for when it is open. */
    Transport opened() {
        return open().await(Duration.ZERO);
    }

    @Override
    public void close() {
        Operation<Transport> begun;
        synchronized (this) {
            begun = opening;
        }
        if (begun != null) {
            begun.discard(Transport::close);
        }
    }
}
