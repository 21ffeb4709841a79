package org.torpeer.pow.internal;

import java.util.Arrays;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * SHA-256 (FIPS 180-4) of as many nonces at once as the machine's vectors have lanes of 32 bits. 12 of 64 rounds and three
 * rows of the message schedule are computed once for a range.
 *
 * <p>Vector operations are written out where they are used and two rounds make a turn of the loop: behind a method call,
 * or fully unrolled, HotSpot stops keeping vectors in registers and the kernel becomes some twenty times slower.
 */
final class VectorSha256Kernel extends GroupedSha256Kernel {
    private static final VectorSpecies<Integer> LANES = IntVector.SPECIES_PREFERRED;
    private static final int WIDTH = LANES.length();
    /** Rows from here on follow the standard's recurrence; the few before it need only a part of it. */
    private static final int FULL_ROWS = 27;

    private static final int PREFIX_WORDS = 11;

    /** The constants of the rounds, a row of lanes each. */
    private static final int[] K = rows(Sha256Constants.K);

    private static final IntVector OFFSETS = IntVector.zero(LANES).addIndex(1);

    /** The message schedule, a row of lanes for each of 64 words. */
    private final int[] schedule = new int[ROUNDS * WIDTH];
    /** What is common to a group in each of the first rows. */
    private final int[] common = new int[FULL_ROWS * WIDTH];
    /** The first words of the schedule, those that differ within a group taken as 0. */
    private final int[] words = new int[FULL_ROWS];
    /** The state after the common rounds. */
    private final int[] state = new int[8];

    VectorSha256Kernel() {
        super(WIDTH);
    }

    static int lanes() {
        return WIDTH;
    }

    @Override
    int searchGroups(long first, int groups, int bits) {
        int mask = mask(bits);
        for (int group = 0; group < groups; group++) {
            int start = group * WIDTH;
            long hits = compress((int) first + start, mask);
            for (; hits != 0; hits &= hits - 1) {
                int nonce = start + Long.numberOfTrailingZeros(hits);
                if (bits <= Integer.SIZE || attempt.leadingZeros(first + nonce) >= bits) {
                    return nonce;
                }
            }
        }
        return NONE;
    }

    @Override
    void prepare(long nonce) {
        byte[] message = attempt.messageWith(nonce);
        int[] w = words;
        Arrays.fill(w, 0);
        for (int t = 0; t < NONCE_LOW; t++) {
            w[t] = Attempt.word(message, t);
        }
        w[13] = 0x80000000;
        w[15] = message.length * Byte.SIZE;
        Sha256Constants.rounds(w, COMMON_ROUNDS, state);
        for (int t = 0; t < FULL_ROWS; t++) {
            int common = t < 16 ? w[t] : Sha256Constants.expand(w, t);
            Arrays.fill(schedule, t * WIDTH, (t + 1) * WIDTH, common);
            w[t] = differs(t) ? 0 : common;
        }
        System.arraycopy(schedule, 0, common, 0, common.length);
    }

    private static int[] rows(int[] words) {
        int[] rows = new int[words.length * WIDTH];
        for (int t = 0; t < words.length; t++) {
            Arrays.fill(rows, t * WIDTH, (t + 1) * WIDTH, words[t]);
        }
        return rows;
    }

    /** Whether a row depends on the low word of the nonce. */
    private static boolean differs(int t) {
        return t == NONCE_LOW || t == 19 || t == 21 || t == 23 || t == 25 || t == 26;
    }

    /** Which of the nonces {@code low, low + 1, ...} have a hash whose first word is zero under the mask. */
    private long compress(int low, int mask) {
        int[] w = schedule;
        int[] k = K;
        int[] base = common;
        IntVector nonces = OFFSETS.add(low);
        nonces.intoArray(w, NONCE_LOW * WIDTH);
        IntVector odd = nonces.add(IntVector.fromArray(LANES, base, 19 * WIDTH));
        odd.intoArray(w, 19 * WIDTH);
        odd.add(IntVector.fromArray(LANES, base, 26 * WIDTH)).intoArray(w, 26 * WIDTH);
        for (int t = 21 * WIDTH; t < 26 * WIDTH; t += 2 * WIDTH) {
            odd = odd.lanewise(VectorOperators.ROR, 17)
                    .lanewise(VectorOperators.XOR, odd.lanewise(VectorOperators.ROR, 19))
                    .lanewise(VectorOperators.XOR, odd.lanewise(VectorOperators.LSHR, 10))
                    .add(IntVector.fromArray(LANES, base, t));
            odd.intoArray(w, t);
        }
        for (int t = FULL_ROWS * WIDTH; t < w.length; t += WIDTH) {
            IntVector near = IntVector.fromArray(LANES, w, t - 2 * WIDTH);
            IntVector far = IntVector.fromArray(LANES, w, t - 15 * WIDTH);
            near.lanewise(VectorOperators.ROR, 17)
                    .lanewise(VectorOperators.XOR, near.lanewise(VectorOperators.ROR, 19))
                    .lanewise(VectorOperators.XOR, near.lanewise(VectorOperators.LSHR, 10))
                    .add(IntVector.fromArray(LANES, w, t - 7 * WIDTH))
                    .add(far.lanewise(VectorOperators.ROR, 7)
                            .lanewise(VectorOperators.XOR, far.lanewise(VectorOperators.ROR, 18))
                            .lanewise(VectorOperators.XOR, far.lanewise(VectorOperators.LSHR, 3)))
                    .add(IntVector.fromArray(LANES, w, t - 16 * WIDTH))
                    .intoArray(w, t);
        }
        IntVector a = IntVector.broadcast(LANES, state[0]);
        IntVector b = IntVector.broadcast(LANES, state[1]);
        IntVector c = IntVector.broadcast(LANES, state[2]);
        IntVector d = IntVector.broadcast(LANES, state[3]);
        IntVector e = IntVector.broadcast(LANES, state[4]);
        IntVector f = IntVector.broadcast(LANES, state[5]);
        IntVector g = IntVector.broadcast(LANES, state[6]);
        IntVector h = IntVector.broadcast(LANES, state[7]);
        for (int t = COMMON_ROUNDS; t < ROUNDS; t += 2) {
            h = h.add(e.lanewise(VectorOperators.ROR, 6)
                            .lanewise(VectorOperators.XOR, e.lanewise(VectorOperators.ROR, 11))
                            .lanewise(VectorOperators.XOR, e.lanewise(VectorOperators.ROR, 25)))
                    .add(e.and(f.lanewise(VectorOperators.XOR, g)).lanewise(VectorOperators.XOR, g))
                    .add(IntVector.fromArray(LANES, w, t * WIDTH).add(IntVector.fromArray(LANES, k, t * WIDTH)));
            d = d.add(h);
            h = h.add(a.lanewise(VectorOperators.ROR, 2)
                            .lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.ROR, 13))
                            .lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.ROR, 22)))
                    .add(a.lanewise(VectorOperators.XOR, b)
                            .and(b.lanewise(VectorOperators.XOR, c))
                            .lanewise(VectorOperators.XOR, b));
            g = g.add(d.lanewise(VectorOperators.ROR, 6)
                            .lanewise(VectorOperators.XOR, d.lanewise(VectorOperators.ROR, 11))
                            .lanewise(VectorOperators.XOR, d.lanewise(VectorOperators.ROR, 25)))
                    .add(d.and(e.lanewise(VectorOperators.XOR, f)).lanewise(VectorOperators.XOR, f))
                    .add(IntVector.fromArray(LANES, w, (t + 1) * WIDTH)
                            .add(IntVector.fromArray(LANES, k, (t + 1) * WIDTH)));
            c = c.add(g);
            g = g.add(h.lanewise(VectorOperators.ROR, 2)
                            .lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.ROR, 13))
                            .lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.ROR, 22)))
                    .add(h.lanewise(VectorOperators.XOR, a)
                            .and(a.lanewise(VectorOperators.XOR, b))
                            .lanewise(VectorOperators.XOR, a));
            IntVector oldA = a;
            IntVector oldB = b;
            a = g;
            b = h;
            g = e;
            h = f;
            e = c;
            f = d;
            c = oldA;
            d = oldB;
        }
        IntVector masked = a.add(Sha256Constants.INITIAL_A).and(mask);
        // Of a word or its negative the highest bit is set, unless it is 0. A mask of lanes would be an object on Java
        // 17.
        if (masked.lanewise(VectorOperators.OR, masked.neg()).reduceLanes(VectorOperators.AND) < 0) {
            return 0;
        }
        masked.intoArray(w, 0);
        return zeros(w);
    }

    /** Which of the first lanes' words are 0. */
    private static long zeros(int[] words) {
        long zeros = 0;
        for (int lane = 0; lane < WIDTH; lane++) {
            zeros |= words[lane] == 0 ? 1L << lane : 0;
        }
        return zeros;
    }
}
