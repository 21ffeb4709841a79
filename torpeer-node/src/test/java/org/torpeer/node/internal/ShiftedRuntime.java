package org.torpeer.node.internal;

import java.time.Duration;
import java.time.InstantSource;
import org.torpeer.api.runtime.NodeRuntime;

/** A runtime whose wall clock can be set ahead. */
public final class ShiftedRuntime extends DelegatingRuntime {
    private volatile Duration ahead = Duration.ZERO;

    public ShiftedRuntime(NodeRuntime real) {
        super(real);
    }

    public void ahead(Duration by) {
        ahead = by;
    }

    @Override
    public InstantSource clock() {
        InstantSource real = super.clock();
        return () -> real.instant().plus(ahead);
    }
}
