package org.torpeer.node.internal;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.torpeer.api.PeerId;
import org.torpeer.api.runtime.NodeRuntime;

/** A peer that changes its record too often would keep everybody verifying and relaying. Lives on the loop. */
@Singleton
final class ChangeRate {
    private static final int MOST = 8;
    private static final Duration PER = Duration.ofMinutes(10);
    private static final int MAX_PEERS = 1024;

    private final NodeRuntime runtime;
    /** By when their first change was, oldest first. */
    private final Map<PeerId, Changes> changed = new LinkedHashMap<>();

    private record Changes(long since, int count) {}

    @Inject
    ChangeRate(NodeRuntime runtime) {
        this.runtime = runtime;
    }

    /** Whether the peer has changed often enough for now. */
    boolean exceeded(PeerId peer) {
        Changes changes = changed.get(peer);
        return changes != null && changes.count() >= MOST && !over(changes);
    }

    void count(PeerId peer) {
        Changes before = changed.get(peer);
        if (before != null && !over(before)) {
            changed.put(peer, new Changes(before.since(), before.count() + 1));
            return;
        }
        changed.remove(peer);
        changed.values().removeIf(this::over);
        if (changed.size() == MAX_PEERS) {
            changed.remove(changed.keySet().iterator().next());
        }
        changed.put(peer, new Changes(runtime.loop().nanoTime(), 1));
    }

    private boolean over(Changes changes) {
        return runtime.loop().nanoTime() - changes.since() >= PER.toNanos();
    }
}
