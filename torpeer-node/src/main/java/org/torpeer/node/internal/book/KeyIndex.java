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
        for (int slot = first((int) keyHash); ; slot = next(slot)) {
            int row = at(slot);
            if (row < 0 || rows.hasKey(row, k0, k1, k2, k3)) {
                return row;
            }
        }
    }

    long hashOfRow(int row) {
        return rows.hashKey(row, hash);
    }

    @Override
    int hashOf(int row) {
        return (int) hashOfRow(row);
    }
}
