package org.torpeer.node.internal.book;

import java.util.List;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;

/**
 * Finds the row of a key. The hash is multilinear with secret factors, so that two keys chosen without knowing them
 * collide as seldom as two random ones; it costs a fifth of SipHash, which lets the processor begin with the next search
 * while this one waits for memory. Source: Lemire and Kaser, "Strongly universal string hashing is fast", 2014.
 */
final class KeyIndex extends OpenTable {
    private static final int WORDS = 8;
    private static final long LOW = 0xFFFF_FFFFL;
    private static final long FACTORS = 4;

    private final Rows rows;
    private final long[] factors = new long[WORDS + 1];

    KeyIndex(Rows rows, SipHash secret) {
        this.rows = rows;
        for (int i = 0; i < factors.length; i++) {
            factors[i] = secret.hash(FACTORS, i);
        }
    }

    /** The row of the key, or -1. */
    int find(long k0, long k1, long k2, long k3) {
        int hash = hash(k0, k1, k2, k3);
        for (int slot = first(hash); !isFree(slot); slot = next(slot)) {
            if (mayBe(slot, hash) && rows.hasKey(at(slot), k0, k1, k2, k3)) {
                return at(slot);
            }
        }
        return -1;
    }

    /**
     * The row of each record's peer, or -1. What a step reads does not depend on what the step has read before, so that the
     * processor waits for the memory of many at once.
     */
    int[] find(List<SignedPeerRecord> records) {
        int[] hashes = new int[records.size()];
        for (int i = 0; i < hashes.length; i++) {
            PeerId peer = records.get(i).peer();
            hashes[i] = hash(peer.word(0), peer.word(1), peer.word(2), peer.word(3));
        }
        int[] contents = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            contents[i] = content(first(hashes[i]));
        }
        int[] found = new int[hashes.length];
        for (int i = 0; i < hashes.length; i++) {
            found[i] = find(records.get(i).peer(), hashes[i], contents[i]);
        }
        return found;
    }

    /** As {@link #find}, where the content of the first slot is known. */
    private int find(PeerId peer, int hash, int content) {
        if (content == FREE) {
            return -1;
        }
        int row = value(content);
        boolean there =
                agrees(content, hash) && rows.hasKey(row, peer.word(0), peer.word(1), peer.word(2), peer.word(3));
        return there ? row : find(peer.word(0), peer.word(1), peer.word(2), peer.word(3));
    }

    @Override
    int hashOf(int row) {
        return hash(rows.key(row, 0), rows.key(row, 1), rows.key(row, 2), rows.key(row, 3));
    }

    private int hash(long k0, long k1, long k2, long k3) {
        long[] by = factors;
        long sum = by[WORDS]
                + (k0 & LOW) * by[0]
                + (k0 >>> Integer.SIZE) * by[1]
                + (k1 & LOW) * by[2]
                + (k1 >>> Integer.SIZE) * by[3]
                + (k2 & LOW) * by[4]
                + (k2 >>> Integer.SIZE) * by[5]
                + (k3 & LOW) * by[6]
                + (k3 >>> Integer.SIZE) * by[7];
        return (int) (sum >>> Integer.SIZE);
    }
}
