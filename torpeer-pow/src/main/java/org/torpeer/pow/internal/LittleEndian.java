package org.torpeer.pow.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Words of 32 bits as scrypt reads and writes them. */
final class LittleEndian {
    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private LittleEndian() {}

    static int word(byte[] bytes, int at) {
        return (int) WORDS.get(bytes, at);
    }

    static void word(byte[] bytes, int at, int word) {
        WORDS.set(bytes, at, word);
    }

    static void read(byte[] bytes, int at, int[] words, int count) {
        for (int i = 0; i < count; i++) {
            words[i] = word(bytes, at + i * Integer.BYTES);
        }
    }

    static void write(int[] words, byte[] bytes, int at, int count) {
        for (int i = 0; i < count; i++) {
            word(bytes, at + i * Integer.BYTES, words[i]);
        }
    }
}
