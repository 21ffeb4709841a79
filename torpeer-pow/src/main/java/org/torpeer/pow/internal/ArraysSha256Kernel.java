package org.torpeer.pow.internal;

import java.util.Arrays;

/**
 * SHA-256 (FIPS 180-4) of a row of nonces at once, in plain loops over one array: HotSpot computes several of their turns
 * at a time in the processor's vectors. 12 of 64 rounds and the first rows of the message schedule are computed once for a
 * range.
 *
 * <p>Every step writes a row of its own, and all rows are in one array at constant distances: so the compiler sees that
 * no turn of a loop depends on another. Where it does not, or there are no such vectors, the kernel is slow.
 */
final class ArraysSha256Kernel extends GroupedSha256Kernel {
    /** Nonces at once: enough to make up for what a loop costs before and after its vectors. */
    private static final int ROW = 512;

    /** Words of the schedule from here on all differ within a row. */
    private static final int ALL_DIFFER = 25;

    /** Rows of the state's words a after each round, four of them before the first; b, c and d are earlier a. */
    private static final int A = 0;
    /** Rows of e, likewise. */
    private static final int E = (ROUNDS + 4) * ROW;
    /** Rows of the message schedule. */
    private static final int W = 2 * E;

    static final int BYTES = (W + ROUNDS * ROW) * Integer.BYTES;

    private final int[] rows = new int[BYTES / Integer.BYTES];
    private final int[] words = new int[ALL_DIFFER];
    private final int[] state = new int[8];

    ArraysSha256Kernel() {
        super(ROW);
    }

    @Override
    int searchGroups(long first, int whole, int bits) {
        int mask = mask(bits);
        for (int start = 0; start < whole * ROW; start += ROW) {
            compress((int) first + start);
            for (int i = 0; i < ROW; i++) {
                boolean hit = ((rows[A + (ROUNDS + 3) * ROW + i] + Sha256Constants.INITIAL_A) & mask) == 0;
                if (hit && (bits <= Integer.SIZE || attempt.leadingZeros(first + start + i) >= bits)) {
                    return start + i;
                }
            }
        }
        return NONE;
    }

    @Override
    void prepare(long nonce) {
        byte[] message = attempt.messageWith(nonce);
        int[] w = words;
        for (int t = 0; t < NONCE_LOW; t++) {
            w[t] = Attempt.word(message, t);
        }
        w[13] = 0x80000000;
        w[15] = message.length * Byte.SIZE;
        for (int t = 0; t < ALL_DIFFER; t++) {
            if (!differs(t)) {
                w[t] = t < 16 ? w[t] : Sha256Constants.expand(w, t);
                fill(W, t, w[t]);
            }
        }
        Sha256Constants.rounds(w, COMMON_ROUNDS, state);
        for (int i = 0; i < 4; i++) {
            fill(A, COMMON_ROUNDS + i, state[3 - i]);
            fill(E, COMMON_ROUNDS + i, state[7 - i]);
        }
    }

    private void fill(int part, int row, int word) {
        Arrays.fill(rows, part + row * ROW, part + (row + 1) * ROW, word);
    }

    /** Whether a word of the schedule depends on the low word of the nonce. */
    private static boolean differs(int t) {
        return t == NONCE_LOW || t == 19 || t == 21 || t == 23 || t >= ALL_DIFFER;
    }

    private void compress(int low) {
        int[] r = rows;
        for (int i = 0; i < ROW; i++) {
            r[W + NONCE_LOW * ROW + i] = low + i;
        }
        for (int t = 19; t < ROUNDS; t++) {
            if (differs(t)) {
                expand(r, (t - 16) * ROW);
            }
        }
        for (int t = COMMON_ROUNDS; t < ROUNDS; t++) {
            round(r, t * ROW, Sha256Constants.K[t]);
        }
    }

    /** Word {@code t} of the schedule, where {@code base} is {@code t - 16} rows. */
    private static void expand(int[] r, int base) {
        for (int i = base; i < base + ROW; i++) {
            int near = r[i + W + 14 * ROW];
            int far = r[i + W + ROW];
            r[i + W + 16 * ROW] = (Integer.rotateRight(near, 17) ^ Integer.rotateRight(near, 19) ^ (near >>> 10))
                    + r[i + W + 9 * ROW]
                    + (Integer.rotateRight(far, 7) ^ Integer.rotateRight(far, 18) ^ (far >>> 3))
                    + r[i + W];
        }
    }

    /** Round {@code t}, where {@code base} is {@code t} rows. */
    private static void round(int[] r, int base, int constant) {
        for (int i = base; i < base + ROW; i++) {
            int a = r[i + A + 3 * ROW];
            int b = r[i + A + 2 * ROW];
            int c = r[i + A + ROW];
            int e = r[i + E + 3 * ROW];
            int f = r[i + E + 2 * ROW];
            int g = r[i + E + ROW];
            int sum = r[i + E]
                    + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                    + ((e & (f ^ g)) ^ g)
                    + r[i + W]
                    + constant;
            r[i + E + 4 * ROW] = r[i + A] + sum;
            r[i + A + 4 * ROW] = sum
                    + (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                    + ((a & b) | (c & (a | b)));
        }
    }
}
