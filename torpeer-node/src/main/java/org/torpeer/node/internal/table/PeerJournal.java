package org.torpeer.node.internal.table;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.PeerId;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.proto.StoredPeer;

/** Writes the table's changes behind it, many at a time and off the loop. Lives on the loop. */
@Singleton
public final class PeerJournal {
    private static final Logger LOG = LoggerFactory.getLogger(PeerJournal.class);
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final PeerTable table;
    private final NodeStore store;
    private final NodeRuntime runtime;
    private final Set<PeerId> dirty = new LinkedHashSet<>();
    private boolean scheduled;

    @Inject
    PeerJournal(PeerTable table, NodeStore store, NodeRuntime runtime) {
        this.table = table;
        this.store = store;
        this.runtime = runtime;
    }

    /** The peer's entry has changed or gone. */
    public void changed(PeerId peer) {
        dirty.add(peer);
        if (!scheduled) {
            scheduled = true;
            runtime.loop().schedule(DELAY, this::writeBehind);
        }
    }

    /** Writes what is left, on the calling thread. */
    public void flush() {
        Runnable write = takeBatch();
        write.run();
    }

    private void writeBehind() {
        Runnable write = takeBatch();
        runtime.offload().execute(() -> {
            try {
                write.run();
            } finally {
                runtime.loop().execute(this::written);
            }
        });
    }

    private void written() {
        scheduled = false;
        if (!dirty.isEmpty()) {
            changed(dirty.iterator().next());
        }
    }

    private Runnable takeBatch() {
        List<StoredPeer> changed = new ArrayList<>();
        List<PeerId> removed = new ArrayList<>(table.takeEvicted());
        for (PeerId peer : dirty) {
            PeerEntry entry = table.get(peer);
            if (entry == null) {
                removed.add(peer);
            } else {
                changed.add(new StoredPeer(entry.record(), entry.verifiedAt()));
            }
        }
        dirty.clear();
        return () -> {
            try {
                store.save(changed, removed);
            } catch (TorPeerException e) {
                LOG.error("peers could not be stored, they are kept in memory: {}", e.getMessage());
            }
        };
    }
}
