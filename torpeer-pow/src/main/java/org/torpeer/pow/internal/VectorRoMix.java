package org.torpeer.pow.internal;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/** One block, in vectors of 128 bits: a row of Salsa20's matrix each, see {@link Diagonal}. */
final class VectorRoMix implements RoMix {
    private static final VectorSpecies<Integer> ROW = IntVector.SPECIES_128;
    private static final VectorSpecies<Integer> WIDEST = IntVector.SPECIES_PREFERRED;
    private static final VectorShuffle<Integer> BY_1 = VectorShuffle.fromArray(ROW, Diagonal.turn(4, 1), 0);
    private static final VectorShuffle<Integer> BY_2 = VectorShuffle.fromArray(ROW, Diagonal.turn(4, 2), 0);
    private static final VectorShuffle<Integer> BY_3 = VectorShuffle.fromArray(ROW, Diagonal.turn(4, 3), 0);

    private final int n;
    private final int words;
    private int[] block;
    private int[] mixed;

    VectorRoMix(ScryptParameters parameters) {
        n = parameters.n();
        words = 32 * parameters.r();
        block = new int[words];
        mixed = new int[words];
    }

    @Override
    public int lanes() {
        return 1;
    }

    @Override
    public void mix(int[] table, byte[][] blocks, int offset) {
        Diagonal.read(blocks[0], offset, table, 0, words);
        for (int i = 1; i < n; i++) {
            blockMix(table, (i - 1) * words, table, i * words, words);
        }
        blockMix(table, (n - 1) * words, block, 0, words);
        for (int i = 0; i < n; i++) {
            xor(block, table, (block[words - Diagonal.CHUNK] & (n - 1)) * words);
            blockMix(block, 0, mixed, 0, words);
            int[] swap = block;
            block = mixed;
            mixed = swap;
        }
        Diagonal.write(block, 0, blocks[0], offset, words);
    }

    private static void xor(int[] block, int[] table, int at) {
        for (int i = 0; i < block.length; i += WIDEST.length()) {
            IntVector.fromArray(WIDEST, block, i)
                    .lanewise(VectorOperators.XOR, IntVector.fromArray(WIDEST, table, at + i))
                    .intoArray(block, i);
        }
    }

    private static void blockMix(int[] in, int inAt, int[] out, int outAt, int words) {
        int last = inAt + words - Diagonal.CHUNK;
        IntVector a = IntVector.fromArray(ROW, in, last);
        IntVector b = IntVector.fromArray(ROW, in, last + 4);
        IntVector c = IntVector.fromArray(ROW, in, last + 8);
        IntVector d = IntVector.fromArray(ROW, in, last + 12);
        int to = outAt;
        int other = outAt + words / 2;
        for (int from = inAt; from <= last; from += Diagonal.CHUNK) {
            a = a.lanewise(VectorOperators.XOR, IntVector.fromArray(ROW, in, from));
            b = b.lanewise(VectorOperators.XOR, IntVector.fromArray(ROW, in, from + 4));
            c = c.lanewise(VectorOperators.XOR, IntVector.fromArray(ROW, in, from + 8));
            d = d.lanewise(VectorOperators.XOR, IntVector.fromArray(ROW, in, from + 12));
            IntVector a0 = a;
            IntVector b0 = b;
            IntVector c0 = c;
            IntVector d0 = d;
            for (int round = 0; round < 8; round += 2) {
                b = b.lanewise(VectorOperators.XOR, a.add(d).lanewise(VectorOperators.ROL, 7));
                c = c.lanewise(VectorOperators.XOR, b.add(a).lanewise(VectorOperators.ROL, 9));
                d = d.lanewise(VectorOperators.XOR, c.add(b).lanewise(VectorOperators.ROL, 13));
                a = a.lanewise(VectorOperators.XOR, d.add(c).lanewise(VectorOperators.ROL, 18));
                b = b.rearrange(BY_3);
                c = c.rearrange(BY_2);
                d = d.rearrange(BY_1);
                d = d.lanewise(VectorOperators.XOR, a.add(b).lanewise(VectorOperators.ROL, 7));
                c = c.lanewise(VectorOperators.XOR, d.add(a).lanewise(VectorOperators.ROL, 9));
                b = b.lanewise(VectorOperators.XOR, c.add(d).lanewise(VectorOperators.ROL, 13));
                a = a.lanewise(VectorOperators.XOR, b.add(c).lanewise(VectorOperators.ROL, 18));
                b = b.rearrange(BY_1);
                c = c.rearrange(BY_2);
                d = d.rearrange(BY_3);
            }
            a = a.add(a0);
            b = b.add(b0);
            c = c.add(c0);
            d = d.add(d0);
            a.intoArray(out, to);
            b.intoArray(out, to + 4);
            c.intoArray(out, to + 8);
            d.intoArray(out, to + 12);
            int next = other;
            other = to + Diagonal.CHUNK;
            to = next;
        }
    }
}
