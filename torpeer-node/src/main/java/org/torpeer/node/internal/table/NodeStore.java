package org.torpeer.node.internal.table;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedNetworkPolicy;
import org.torpeer.api.spi.store.PeerStore;
import org.torpeer.api.spi.store.PeerStore.Change;
import org.torpeer.api.spi.store.PeerStore.Table;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.proto.PolicyCodec;

/** What a node keeps, over any {@link PeerStore}. Safe for several threads: calls take turns. */
public final class NodeStore implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeStore.class);
    private static final byte[] SEQUENCE = "sequence".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BOOK = "book".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] POLICY = "policy".getBytes(StandardCharsets.US_ASCII);
    /** Followed by a peer's key. */
    private static final byte[] CONDUCT = "conduct/".getBytes(StandardCharsets.US_ASCII);

    private final PeerStore store;
    private final boolean keepsPeers;

    public NodeStore(PeerStore store) {
        this(store, true);
    }

    /**
     * @param keepsPeers whether peers are written at all; not, where nobody will ever read them
     */
    public NodeStore(PeerStore store, boolean keepsPeers) {
        this.store = store;
        this.keepsPeers = keepsPeers;
    }

    public boolean keepsPeers() {
        return keepsPeers;
    }

    /** The peers stored; those that cannot be read are removed, with a line in the log. */
    public synchronized List<StoredEntry> peers() {
        List<StoredEntry> peers = new ArrayList<>();
        List<Change> unreadable = new ArrayList<>();
        store.forEach(Table.PEERS, (key, value) -> {
            try {
                peers.add(StoredEntry.decode(value));
            } catch (InvalidInputException e) {
                LOG.debug("a stored peer: {}", e.getMessage());
                unreadable.add(new Change(Table.PEERS, key, null));
            }
        });
        if (!unreadable.isEmpty()) {
            LOG.warn(
                    "{} of {} stored peers are damaged or of another version and are removed: join again if none is left",
                    unreadable.size(),
                    unreadable.size() + peers.size());
            store.apply(unreadable);
        }
        return peers;
    }

    /**
     * The state of the address book; a new one is kept before it is given out, if there is none or it cannot be read. May
     * block.
     *
     * @throws org.torpeer.api.spi.store.PeerStoreException if it cannot be kept
     */
    public synchronized BookState bookState(RandomGenerator random) {
        byte @Nullable [] kept = store.get(Table.STATE, BOOK);
        if (kept != null) {
            try {
                return BookState.decode(kept);
            } catch (InvalidInputException e) {
                LOG.warn("{}: it begins with a new secret and without anchors", e.getMessage());
            }
        }
        BookState fresh = BookState.fresh(random);
        save(fresh);
        return fresh;
    }

    /**
     * Keeps the state of the address book in place of another. May block.
     *
     * @throws org.torpeer.api.spi.store.PeerStoreException if that fails
     */
    public synchronized void save(BookState state) {
        store.apply(List.of(new Change(Table.STATE, BOOK, state.encode())));
    }

    /**
     * Writes some peers and removes others, all or none. May block.
     *
     * @throws org.torpeer.api.spi.store.PeerStoreException if that fails
     */
    public synchronized void save(List<StoredEntry> changed, List<PeerId> removed) {
        if (!keepsPeers) {
            return;
        }
        List<Change> batch = new ArrayList<>(changed.size() + removed.size());
        changed.forEach(
                peer -> batch.add(new Change(Table.PEERS, peer.record().peer().toBytes(), peer.encode())));
        removed.forEach(peer -> batch.add(new Change(Table.PEERS, peer.toBytes(), null)));
        store.apply(batch);
    }

    /**
     * A sequence number above every one given out before, kept before it is used. May block.
     *
     * @param atLeast a lower bound, unsigned
     * @throws org.torpeer.api.spi.store.PeerStoreException if it cannot be kept
     */
    public synchronized long nextSequence(long atLeast) {
        byte @Nullable [] kept = store.get(Table.STATE, SEQUENCE);
        long last = kept != null && kept.length == Long.BYTES
                ? ByteBuffer.wrap(kept).getLong()
                : 0;
        long next = Long.compareUnsigned(last + 1, atLeast) > 0 ? last + 1 : atLeast;
        store.apply(List.of(new Change(
                Table.STATE,
                SEQUENCE,
                ByteBuffer.allocate(Long.BYTES).putLong(next).array())));
        return next;
    }

    /** The policy kept, null if there is none or it cannot be read. */
    public synchronized @Nullable SignedNetworkPolicy policy() {
        byte @Nullable [] kept = store.get(Table.STATE, POLICY);
        try {
            return kept == null ? null : PolicyCodec.decode(kept);
        } catch (InvalidInputException e) {
            LOG.warn("the stored policy cannot be read and is left out: {}", e.getMessage());
            return null;
        }
    }

    /**
     * Keeps the policy in place of another. May block.
     *
     * @throws org.torpeer.api.spi.store.PeerStoreException if that fails
     */
    public synchronized void save(SignedNetworkPolicy policy) {
        store.apply(List.of(new Change(Table.STATE, POLICY, PolicyCodec.encode(policy))));
    }

    /** What was kept of how peers behaved. */
    public synchronized Map<PeerId, byte[]> conduct() {
        Map<PeerId, byte[]> kept = new LinkedHashMap<>();
        store.forEach(Table.STATE, (key, value) -> {
            int tag = CONDUCT.length;
            if (key.length == tag + PeerId.BYTES && Arrays.equals(key, 0, tag, CONDUCT, 0, tag)) {
                kept.put(PeerId.of(Arrays.copyOfRange(key, tag, key.length)), value);
            }
        });
        return kept;
    }

    /**
     * Keeps how peers behaved, all or none; null of one that is forgotten. May block.
     *
     * @throws org.torpeer.api.spi.store.PeerStoreException if that fails
     */
    public synchronized void saveConduct(Map<PeerId, byte @Nullable []> changed) {
        List<Change> batch = new ArrayList<>(changed.size());
        changed.forEach((peer, value) -> batch.add(new Change(Table.STATE, conductKey(peer), value)));
        store.apply(batch);
    }

    private static byte[] conductKey(PeerId peer) {
        return ByteBuffer.allocate(CONDUCT.length + PeerId.BYTES)
                .put(CONDUCT)
                .put(peer.toBytes())
                .array();
    }

    @Override
    public synchronized void close() {
        store.close();
    }
}
