package org.torpeer.pow.internal;

import org.torpeer.api.spi.pow.PowKernel;

/**
 * Finds the nonces that pass the gate and evaluates scrypt for them: one at a time to verify, as many at once as the mixer
 * has lanes to search. The table grows when a search first needs it, so a kernel that only verifies holds one lane.
 */
final class ScryptKernel implements WatchedKernel {
    private static final int HASH_BYTES = 32;

    private final Attempt attempt = new Attempt();
    private final PowKernel gate;
    private final Scrypt single;
    private final Scrypt wide;
    private final byte[][] messages;
    private final byte[][] hashes;
    private final int[] offsets;
    private int[] table = {};

    /**
     * @param gate computes {@code sha256}
     * @param single evaluates one message
     * @param wide evaluates one or more
     */
    ScryptKernel(PowKernel gate, Scrypt single, Scrypt wide) {
        this.gate = gate;
        this.single = single;
        this.wide = wide;
        messages = new byte[wide.lanes()][Attempt.MESSAGE_BYTES];
        hashes = new byte[wide.lanes()][HASH_BYTES];
        offsets = new int[wide.lanes()];
    }

    @Override
    public int score(byte[] prefix, long nonce) {
        attempt.prefix(prefix);
        if (attempt.leadingZeros(nonce) < ScryptAlgorithm.GATE_BITS) {
            return GATE_MISSED;
        }
        put(nonce, 0);
        evaluate(1);
        return Attempt.leadingZeros(hashes[0]);
    }

    @Override
    public int search(byte[] prefix, long first, int count, int bits) {
        return search(prefix, first, count, bits, tried -> true);
    }

    @Override
    public int search(byte[] prefix, long first, int count, int bits, Watch watch) {
        Attempt.checkRange(count, bits);
        attempt.prefix(prefix);
        if (bits == 0) {
            return gate.search(prefix, first, count, ScryptAlgorithm.GATE_BITS);
        }
        int tried = 0;
        while (tried < count && watch.goOn(tried)) {
            int filled = 0;
            while (filled < messages.length && tried < count) {
                int passes = gate.search(prefix, first + tried, count - tried, ScryptAlgorithm.GATE_BITS);
                if (passes == NONE) {
                    tried = count;
                } else {
                    tried += passes;
                    offsets[filled] = tried;
                    put(first + tried, filled++);
                    tried++;
                }
            }
            int found = firstWith(bits, filled);
            if (found != NONE) {
                return found;
            }
        }
        return NONE;
    }

    private int firstWith(int bits, int filled) {
        evaluate(filled);
        for (int i = 0; i < filled; i++) {
            if (Attempt.leadingZeros(hashes[i]) >= bits) {
                return offsets[i];
            }
        }
        return NONE;
    }

    private void put(long nonce, int lane) {
        System.arraycopy(attempt.messageWith(nonce), 0, messages[lane], 0, Attempt.MESSAGE_BYTES);
    }

    /** Lanes without a message of their own cost as much as those with one: a few messages are cheaper one by one. */
    private void evaluate(int filled) {
        if (4 * filled > wide.lanes() && wide != single) {
            wide.evaluate(tableFor(wide), messages, messages, hashes);
            return;
        }
        for (int i = 0; i < filled; i++) {
            single.evaluate(tableFor(single), messages, messages, hashes, i);
        }
    }

    private int[] tableFor(Scrypt scrypt) {
        if (table.length < scrypt.tableWords()) {
            // Let go of the old one first: both at once would be more than is promised.
            table = new int[0];
            table = new int[scrypt.tableWords()];
        }
        return table;
    }
}
