package org.torpeer.pow.internal;

/** The constants and the scalar functions of SHA-256's compression (FIPS 180-4, sections 4 to 6). */
final class Sha256Constants {
    static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    static final int INITIAL_A = 0x6a09e667;
    private static final int[] INITIAL = {
        INITIAL_A, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    private Sha256Constants() {}

    /** Word {@code t} of the message schedule, from those before it. */
    static int expand(int[] w, int t) {
        int near = w[t - 2];
        int far = w[t - 15];
        return (Integer.rotateRight(near, 17) ^ Integer.rotateRight(near, 19) ^ (near >>> 10))
                + w[t - 7]
                + (Integer.rotateRight(far, 7) ^ Integer.rotateRight(far, 18) ^ (far >>> 3))
                + w[t - 16];
    }

    /** The state after the first {@code count} rounds over the words {@code w}. */
    static void rounds(int[] w, int count, int[] state) {
        System.arraycopy(INITIAL, 0, state, 0, INITIAL.length);
        for (int t = 0; t < count; t++) {
            round(state, K[t] + w[t]);
        }
    }

    private static void round(int[] s, int word) {
        int e = s[4];
        int t1 = s[7]
                + (Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25))
                + ((e & (s[5] ^ s[6])) ^ s[6])
                + word;
        int a = s[0];
        int t2 = (Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22))
                + ((a & s[1]) | (s[2] & (a | s[1])));
        System.arraycopy(s, 0, s, 1, 7);
        s[4] += t1;
        s[0] = t1 + t2;
    }
}
