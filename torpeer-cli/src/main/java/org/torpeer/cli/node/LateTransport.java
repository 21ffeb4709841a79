package org.torpeer.cli.node;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.Operation;
import org.torpeer.api.lookup.Providers;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.api.spi.transport.Transport;
import org.torpeer.api.spi.transport.TransportContext;

/** The transport of a node: opened when the node wants it, of use to others as soon as the node is up, closed after it. */
final class LateTransport implements AutoCloseable {
    private final NodeRunPlan plan;
    private final NodeRuntime runtime;
    private volatile @Nullable Operation<Transport> opening;

    LateTransport(NodeRunPlan plan, NodeRuntime runtime) {
        this.plan = plan;
        this.runtime = runtime;
    }

    Operation<Transport> open() {
        Operation<Transport> begun = Providers.transports()
                .require(plan.transport())
                .open(new TransportContext(plan.settings(), plan.data(), runtime));
        opening = begun;
        return begun;
    }

    /**
     * @throws IllegalStateException before the node has started
     */
    Transport opened() {
        Operation<Transport> begun = opening;
        if (begun == null) {
            throw new IllegalStateException("the node has not asked for it");
        }
        return begun.await(Duration.ZERO);
    }

    @Override
    public void close() {
        Operation<Transport> begun = opening;
        if (begun != null) {
            begun.cancel();
            begun.completion().thenAccept(Transport::close);
        }
    }
}
