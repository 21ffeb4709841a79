package org.torpeer.pow.internal;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * As many blocks at once as the machine's vectors have room for rows of Salsa20's matrix, see {@link Diagonal}: four with
 * 512 bits. Blocks under way are kept row beside row; in the table each lane has a part of its own, so that a look-up
 * reads whole cache lines.
 */
final class VectorLanesRoMix implements RoMix {
    private static final VectorSpecies<Integer> ROWS = IntVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> ROW = IntVector.SPECIES_128;
    private static final int WIDTH = ROWS.length();
    private static final int ABREAST = WIDTH / 4;
    private static final int CHAINS = 2;
    private static final int LANES = CHAINS * ABREAST;
    private static final VectorShuffle<Integer> BY_1 = VectorShuffle.fromArray(ROWS, Diagonal.turn(WIDTH, 1), 0);
    private static final VectorShuffle<Integer> BY_2 = VectorShuffle.fromArray(ROWS, Diagonal.turn(WIDTH, 2), 0);
    private static final VectorShuffle<Integer> BY_3 = VectorShuffle.fromArray(ROWS, Diagonal.turn(WIDTH, 3), 0);

    private final int n;
    private final int words;
    private int[][] blocks;
    private int[][] mixed;

    VectorLanesRoMix(ScryptParameters parameters) {
        n = parameters.n();
        words = 32 * parameters.r();
        blocks = new int[CHAINS][words * ABREAST];
        mixed = new int[CHAINS][words * ABREAST];
    }

    static int width() {
        return LANES;
    }

    @Override
    public int lanes() {
        return LANES;
    }

    @Override
    public void mix(int[] table, byte[][] bytes, int offset) {
        int part = n * words;
        for (int lane = 0; lane < LANES; lane++) {
            Diagonal.read(bytes[lane], offset, table, lane * part, words);
            gather(table, lane * part, blocks[lane / ABREAST], lane % ABREAST, words);
        }
        for (int i = 1; i < n; i++) {
            step();
            for (int lane = 0; lane < LANES; lane++) {
                scatter(blocks[lane / ABREAST], lane % ABREAST, table, lane * part + i * words, words);
            }
        }
        step();
        for (int i = 0; i < n; i++) {
            for (int lane = 0; lane < LANES; lane++) {
                int[] chain = blocks[lane / ABREAST];
                int place = lane % ABREAST;
                int index = chain[(words - Diagonal.CHUNK) * ABREAST + place * 4] & (n - 1);
                xor(table, lane * part + index * words, chain, place, words);
            }
            step();
        }
        for (int lane = 0; lane < LANES; lane++) {
            scatter(blocks[lane / ABREAST], lane % ABREAST, table, 0, words);
            Diagonal.write(table, 0, bytes[lane], offset, words);
        }
    }

    private void step() {
        blockMix(blocks[0], blocks[1], mixed[0], mixed[1], words * ABREAST);
        int[][] swap = blocks;
        blocks = mixed;
        mixed = swap;
    }

    private static void gather(int[] table, int at, int[] chain, int place, int words) {
        for (int i = 0, to = place * 4; i < words; i += 4, to += WIDTH) {
            IntVector.fromArray(ROW, table, at + i).intoArray(chain, to);
        }
    }

    private static void scatter(int[] chain, int place, int[] table, int at, int words) {
        for (int i = 0, from = place * 4; i < words; i += 4, from += WIDTH) {
            IntVector.fromArray(ROW, chain, from).intoArray(table, at + i);
        }
    }

    private static void xor(int[] table, int at, int[] chain, int place, int words) {
        for (int i = 0, to = place * 4; i < words; i += 4, to += WIDTH) {
            IntVector.fromArray(ROW, chain, to)
                    .lanewise(VectorOperators.XOR, IntVector.fromArray(ROW, table, at + i))
                    .intoArray(chain, to);
        }
    }

    private static void blockMix(int[] in, int[] in2, int[] out, int[] out2, int words) {
        int last = words - 4 * WIDTH;
        IntVector a = IntVector.fromArray(ROWS, in, last);
        IntVector b = IntVector.fromArray(ROWS, in, last + WIDTH);
        IntVector c = IntVector.fromArray(ROWS, in, last + 2 * WIDTH);
        IntVector d = IntVector.fromArray(ROWS, in, last + 3 * WIDTH);
        IntVector e = IntVector.fromArray(ROWS, in2, last);
        IntVector f = IntVector.fromArray(ROWS, in2, last + WIDTH);
        IntVector g = IntVector.fromArray(ROWS, in2, last + 2 * WIDTH);
        IntVector h = IntVector.fromArray(ROWS, in2, last + 3 * WIDTH);
        int to = 0;
        int other = words / 2;
        for (int from = 0; from <= last; from += 4 * WIDTH) {
            a = a.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in, from));
            b = b.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in, from + WIDTH));
            c = c.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in, from + 2 * WIDTH));
            d = d.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in, from + 3 * WIDTH));
            e = e.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in2, from));
            f = f.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in2, from + WIDTH));
            g = g.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in2, from + 2 * WIDTH));
            h = h.lanewise(VectorOperators.XOR, IntVector.fromArray(ROWS, in2, from + 3 * WIDTH));
            IntVector a0 = a;
            IntVector b0 = b;
            IntVector c0 = c;
            IntVector d0 = d;
            IntVector e0 = e;
            IntVector f0 = f;
            IntVector g0 = g;
            IntVector h0 = h;
            for (int round = 0; round < 8; round += 2) {
                b = b.lanewise(VectorOperators.XOR, a.add(d).lanewise(VectorOperators.ROL, 7));
                f = f.lanewise(VectorOperators.XOR, e.add(h).lanewise(VectorOperators.ROL, 7));
                c = c.lanewise(VectorOperators.XOR, b.add(a).lanewise(VectorOperators.ROL, 9));
                g = g.lanewise(VectorOperators.XOR, f.add(e).lanewise(VectorOperators.ROL, 9));
                d = d.lanewise(VectorOperators.XOR, c.add(b).lanewise(VectorOperators.ROL, 13));
                h = h.lanewise(VectorOperators.XOR, g.add(f).lanewise(VectorOperators.ROL, 13));
                a = a.lanewise(VectorOperators.XOR, d.add(c).lanewise(VectorOperators.ROL, 18));
                e = e.lanewise(VectorOperators.XOR, h.add(g).lanewise(VectorOperators.ROL, 18));
                b = b.rearrange(BY_3);
                f = f.rearrange(BY_3);
                c = c.rearrange(BY_2);
                g = g.rearrange(BY_2);
                d = d.rearrange(BY_1);
                h = h.rearrange(BY_1);
                d = d.lanewise(VectorOperators.XOR, a.add(b).lanewise(VectorOperators.ROL, 7));
                h = h.lanewise(VectorOperators.XOR, e.add(f).lanewise(VectorOperators.ROL, 7));
                c = c.lanewise(VectorOperators.XOR, d.add(a).lanewise(VectorOperators.ROL, 9));
                g = g.lanewise(VectorOperators.XOR, h.add(e).lanewise(VectorOperators.ROL, 9));
                b = b.lanewise(VectorOperators.XOR, c.add(d).lanewise(VectorOperators.ROL, 13));
                f = f.lanewise(VectorOperators.XOR, g.add(h).lanewise(VectorOperators.ROL, 13));
                a = a.lanewise(VectorOperators.XOR, b.add(c).lanewise(VectorOperators.ROL, 18));
                e = e.lanewise(VectorOperators.XOR, f.add(g).lanewise(VectorOperators.ROL, 18));
                b = b.rearrange(BY_1);
                f = f.rearrange(BY_1);
                c = c.rearrange(BY_2);
                g = g.rearrange(BY_2);
                d = d.rearrange(BY_3);
                h = h.rearrange(BY_3);
            }
            a = a.add(a0);
            b = b.add(b0);
            c = c.add(c0);
            d = d.add(d0);
            e = e.add(e0);
            f = f.add(f0);
            g = g.add(g0);
            h = h.add(h0);
            a.intoArray(out, to);
            b.intoArray(out, to + WIDTH);
            c.intoArray(out, to + 2 * WIDTH);
            d.intoArray(out, to + 3 * WIDTH);
            e.intoArray(out2, to);
            f.intoArray(out2, to + WIDTH);
            g.intoArray(out2, to + 2 * WIDTH);
            h.intoArray(out2, to + 3 * WIDTH);
            int next = other;
            other = to + 4 * WIDTH;
            to = next;
        }
    }
}
