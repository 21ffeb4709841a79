package org.torpeer.node.internal.table;

import jakarta.inject.Inject;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.PeerId;
import org.torpeer.api.TorPeerException;
import org.torpeer.api.runtime.Cancellable;
import org.torpeer.api.runtime.NodeRuntime;
import org.torpeer.node.internal.book.AddressBook;
import org.torpeer.node.internal.book.BookListener;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.StoredEntry;

/** Writes the address book's changes behind it, many at a time and off the loop. Lives on the loop. */
@Singleton
public final class PeerJournal implements BookListener {
    private static final Logger LOG = LoggerFactory.getLogger(PeerJournal.class);
    private static final Duration DELAY = Duration.ofSeconds(1);

    private final Provider<AddressBook> book;
    private final NodeStore store;
    private final NodeRuntime runtime;
    private final Set<PeerId> dirty = new LinkedHashSet<>();
    private PendingWrite underWay = PendingWrite.NONE;
    private @Nullable Cancellable timer;
    private boolean stateChanged;
    private boolean scheduled;
    private boolean closed;

    @Inject
    PeerJournal(Provider<AddressBook> book, NodeStore store, NodeRuntime runtime) {
        this.book = book;
        this.store = store;
        this.runtime = runtime;
    }

    @Override
    public void removed(PeerId peer) {
        changed(peer);
    }

    @Override
    public void changed(PeerId peer) {
        if (!store.keepsPeers()) {
            return;
        }
        dirty.add(peer);
        writeSoon();
    }

    /** What the book keeps beside its entries has changed. */
    public void stateChanged() {
        stateChanged = true;
        writeSoon();
    }

    /** Writes what is left, on the calling thread, and nothing afterwards: the store may be closed then. */
    public void close() {
        closed = true;
        if (timer != null) {
            timer.cancel();
        }
        underWay.run();
        takeBatch().run();
    }

    private void writeSoon() {
        if (!scheduled && !closed) {
            scheduled = true;
            timer = runtime.loop().schedule(DELAY, this::writeBehind);
        }
    }

    private void writeBehind() {
        PendingWrite write = PendingWrite.of(takeBatch());
        underWay = write;
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
        if (!dirty.isEmpty() || stateChanged) {
            writeSoon();
        }
    }

    private Runnable takeBatch() {
        List<StoredEntry> changed = new ArrayList<>();
        List<PeerId> removed = new ArrayList<>();
        for (PeerId peer : dirty) {
            StoredEntry entry = book.get().stored(peer);
            if (entry == null) {
                removed.add(peer);
            } else {
                changed.add(entry);
            }
        }
        BookState state = stateChanged ? book.get().state() : null;
        dirty.clear();
        stateChanged = false;
        return () -> {
            try {
                if (state != null) {
                    store.save(state);
                }
                store.save(changed, removed);
            } catch (TorPeerException e) {
                LOG.error("peers could not be stored, they are kept in memory: {}", e.getMessage());
            }
        };
    }
}
