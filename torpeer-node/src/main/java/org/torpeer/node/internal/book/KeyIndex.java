package org.torpeer.node.internal.book;

/** Finds the row of a key. */
final class KeyIndex extends OpenTable {
    private final Rows rows;
    private final SipHash hash;

    KeyIndex(Rows rows, SipHash hash) {
        this.rows = rows;
        this.hash = hash;
    }

    long hash(long k0, long k1, long k2, long k3) {
        return hash.hash(k0, k1, k2, k3);
    }

    /** The row of the key, or -1. */
    int find(long keyHash, long k0, long k1, long k2, long k3) {
        int hash = (int) keyHash;
        for (int slot = first(hash); !isFree(slot); slot = next(slot)) {
            if (mayBe(slot, hash) && rows.hasKey(at(slot), k0, k1, k2, k3)) {
                return at(slot);
            }
        }
        return -1;
    }

    long hashOfRow(int row) {
        return rows.hashKey(row, hash);
    }

    @Override
    int hashOf(int row) {
        return (int) hashOfRow(row);
    }
}
