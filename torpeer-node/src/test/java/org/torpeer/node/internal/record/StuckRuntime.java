package org.torpeer.node.internal.record;

import java.util.concurrent.Executor;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.DelegatingRuntime;

/** A runtime whose offloaded work never begins. */
final class StuckRuntime extends DelegatingRuntime {
    StuckRuntime(NodeRuntime real) {
        super(real);
    }

    @Override
    public Executor offload() {
        return task -> {};
    }
}
