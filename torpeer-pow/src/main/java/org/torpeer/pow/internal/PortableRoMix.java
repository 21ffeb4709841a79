package org.torpeer.pow.internal;

/** One block, word by word: plain arithmetic that every JVM compiles well. */
final class PortableRoMix implements RoMix {
    private final int n;
    private final int words;
    private int[] block;
    private int[] mixed;

    PortableRoMix(ScryptParameters parameters) {
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
        LittleEndian.read(blocks[0], offset, table, words);
        for (int i = 1; i < n; i++) {
            blockMix(table, (i - 1) * words, table, i * words, words);
        }
        blockMix(table, (n - 1) * words, block, 0, words);
        for (int i = 0; i < n; i++) {
            xor(block, table, (block[words - 16] & (n - 1)) * words);
            blockMix(block, 0, mixed, 0, words);
            int[] swap = block;
            block = mixed;
            mixed = swap;
        }
        LittleEndian.write(block, blocks[0], offset, words);
    }

    private static void xor(int[] block, int[] table, int at) {
        for (int i = 0; i < block.length; i++) {
            block[i] ^= table[at + i];
        }
    }

    /** {@code scryptBlockMix}: the results go to even places first, then to odd ones. */
    private static void blockMix(int[] in, int inAt, int[] out, int outAt, int words) {
        int half = words / 2;
        salsa(in, inAt, in, inAt + words - 16, out, outAt);
        salsa(in, inAt + 16, out, outAt, out, outAt + half);
        for (int i = 32; i < words; i += 32) {
            int even = outAt + i / 2;
            salsa(in, inAt + i, out, even + half - 16, out, even);
            salsa(in, inAt + i + 16, out, even, out, even + half);
        }
    }

    /** Salsa20/8 of the XOR of two chunks of 16 words. */
    private static void salsa(int[] in, int i, int[] last, int l, int[] out, int o) {
        int x0 = in[i] ^ last[l];
        int x1 = in[i + 1] ^ last[l + 1];
        int x2 = in[i + 2] ^ last[l + 2];
        int x3 = in[i + 3] ^ last[l + 3];
        int x4 = in[i + 4] ^ last[l + 4];
        int x5 = in[i + 5] ^ last[l + 5];
        int x6 = in[i + 6] ^ last[l + 6];
        int x7 = in[i + 7] ^ last[l + 7];
        int x8 = in[i + 8] ^ last[l + 8];
        int x9 = in[i + 9] ^ last[l + 9];
        int x10 = in[i + 10] ^ last[l + 10];
        int x11 = in[i + 11] ^ last[l + 11];
        int x12 = in[i + 12] ^ last[l + 12];
        int x13 = in[i + 13] ^ last[l + 13];
        int x14 = in[i + 14] ^ last[l + 14];
        int x15 = in[i + 15] ^ last[l + 15];
        out[o] = x0;
        out[o + 1] = x1;
        out[o + 2] = x2;
        out[o + 3] = x3;
        out[o + 4] = x4;
        out[o + 5] = x5;
        out[o + 6] = x6;
        out[o + 7] = x7;
        out[o + 8] = x8;
        out[o + 9] = x9;
        out[o + 10] = x10;
        out[o + 11] = x11;
        out[o + 12] = x12;
        out[o + 13] = x13;
        out[o + 14] = x14;
        out[o + 15] = x15;
        for (int round = 0; round < 8; round += 2) {
            x4 ^= Integer.rotateLeft(x0 + x12, 7);
            x8 ^= Integer.rotateLeft(x4 + x0, 9);
            x12 ^= Integer.rotateLeft(x8 + x4, 13);
            x0 ^= Integer.rotateLeft(x12 + x8, 18);
            x9 ^= Integer.rotateLeft(x5 + x1, 7);
            x13 ^= Integer.rotateLeft(x9 + x5, 9);
            x1 ^= Integer.rotateLeft(x13 + x9, 13);
            x5 ^= Integer.rotateLeft(x1 + x13, 18);
            x14 ^= Integer.rotateLeft(x10 + x6, 7);
            x2 ^= Integer.rotateLeft(x14 + x10, 9);
            x6 ^= Integer.rotateLeft(x2 + x14, 13);
            x10 ^= Integer.rotateLeft(x6 + x2, 18);
            x3 ^= Integer.rotateLeft(x15 + x11, 7);
            x7 ^= Integer.rotateLeft(x3 + x15, 9);
            x11 ^= Integer.rotateLeft(x7 + x3, 13);
            x15 ^= Integer.rotateLeft(x11 + x7, 18);
            x12 ^= Integer.rotateLeft(x15 + x14, 7);
            x13 ^= Integer.rotateLeft(x12 + x15, 9);
            x14 ^= Integer.rotateLeft(x13 + x12, 13);
            x15 ^= Integer.rotateLeft(x14 + x13, 18);
            x11 ^= Integer.rotateLeft(x10 + x9, 7);
            x8 ^= Integer.rotateLeft(x11 + x10, 9);
            x9 ^= Integer.rotateLeft(x8 + x11, 13);
            x10 ^= Integer.rotateLeft(x9 + x8, 18);
            x6 ^= Integer.rotateLeft(x5 + x4, 7);
            x7 ^= Integer.rotateLeft(x6 + x5, 9);
            x4 ^= Integer.rotateLeft(x7 + x6, 13);
            x5 ^= Integer.rotateLeft(x4 + x7, 18);
            x1 ^= Integer.rotateLeft(x0 + x3, 7);
            x2 ^= Integer.rotateLeft(x1 + x0, 9);
            x3 ^= Integer.rotateLeft(x2 + x1, 13);
            x0 ^= Integer.rotateLeft(x3 + x2, 18);
        }
        out[o] += x0;
        out[o + 1] += x1;
        out[o + 2] += x2;
        out[o + 3] += x3;
        out[o + 4] += x4;
        out[o + 5] += x5;
        out[o + 6] += x6;
        out[o + 7] += x7;
        out[o + 8] += x8;
        out[o + 9] += x9;
        out[o + 10] += x10;
        out[o + 11] += x11;
        out[o + 12] += x12;
        out[o + 13] += x13;
        out[o + 14] += x14;
        out[o + 15] += x15;
    }
}
