package org.torpeer.pow.internal;

/**
 * The order of words in which Salsa20 works on whole rows: a chunk's 16 words are kept as four diagonals of its 4 by 4
 * matrix, so that the four quarter rounds of a round are one, and a column round becomes a row round by turning rows.
 */
final class Diagonal {
    static final int CHUNK = 16;
    /** Which word of a chunk is kept at each place. */
    private static final int[] ORDER = {0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11};

    private Diagonal() {}

    static void read(byte[] bytes, int at, int[] words, int wordsAt, int count) {
        for (int i = 0; i < count; i++) {
            words[wordsAt + i] = LittleEndian.word(bytes, at + source(i) * Integer.BYTES);
        }
    }

    static void write(int[] words, int wordsAt, byte[] bytes, int at, int count) {
        for (int i = 0; i < count; i++) {
            LittleEndian.word(bytes, at + source(i) * Integer.BYTES, words[wordsAt + i]);
        }
    }

    private static int source(int place) {
        return (place & -CHUNK) + ORDER[place & (CHUNK - 1)];
    }

    /** For rows of four words, side by side: each word takes the one {@code by} places further in its own row. */
    static int[] turn(int words, int by) {
        int[] from = new int[words];
        for (int i = 0; i < words; i++) {
            from[i] = (i & -4) + ((i + by) & 3);
        }
        return from;
    }
}
