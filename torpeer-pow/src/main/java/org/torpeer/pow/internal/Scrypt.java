package org.torpeer.pow.internal;

/**
 * scrypt (RFC 7914) of one message or of several at once. Memory is held and reused: an evaluation allocates nothing. Not
 * safe for several threads at once.
 */
final class Scrypt {
    private final ScryptParameters parameters;
    private final RoMix mixer;
    private final Pbkdf2 pbkdf2 = new Pbkdf2();
    private final byte[][] blocks;

    Scrypt(ScryptParameters parameters, RoMix mixer) {
        this.parameters = parameters;
        this.mixer = mixer;
        blocks = new byte[mixer.lanes()][128 * parameters.r() * parameters.p()];
    }

    int lanes() {
        return mixer.lanes();
    }

    /** The words a table for {@link #evaluate} needs. */
    int tableWords() {
        return 32 * parameters.n() * parameters.r() * mixer.lanes();
    }

    /**
     * Evaluates one message for each lane.
     *
     * @param passwords of at most 64 bytes
     * @param hashes take the results, each filled to its length
     */
    void evaluate(int[] table, byte[][] passwords, byte[][] salts, byte[][] hashes) {
        evaluate(table, passwords, salts, hashes, 0);
    }

    /** As above, of the messages from an index on. */
    void evaluate(int[] table, byte[][] passwords, byte[][] salts, byte[][] hashes, int from) {
        for (int lane = 0; lane < blocks.length; lane++) {
            pbkdf2.derive(passwords[from + lane], salts[from + lane], blocks[lane]);
        }
        int chunk = 128 * parameters.r();
        for (int i = 0; i < parameters.p(); i++) {
            mixer.mix(table, blocks, i * chunk);
        }
        for (int lane = 0; lane < blocks.length; lane++) {
            pbkdf2.derive(passwords[from + lane], blocks[lane], hashes[from + lane]);
        }
    }
}
