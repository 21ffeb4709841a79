package org.torpeer.node.internal.book;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * SipHash-2-4 of whole 64-bit words, little-endian as everywhere in it: a short keyed hash whose values nobody can steer
 * who does not know the key. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
 */
final class SipHash {
    private final long k0;
    private final long k1;

    /**
     * @param key 16 bytes from {@code offset} on
     */
    SipHash(byte[] key, int offset) {
        ByteBuffer words = ByteBuffer.wrap(key, offset, 2 * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        k0 = words.getLong();
        k1 = words.getLong();
    }

    long hash(long a, long b) {
        State state = new State(k0, k1);
        state.absorb(a);
        state.absorb(b);
        return state.finish(2);
    }

    long hash(long a, long b, long c) {
        State state = new State(k0, k1);
        state.absorb(a);
        state.absorb(b);
        state.absorb(c);
        return state.finish(3);
    }

    long hash(long a, long b, long c, long d) {
        State state = new State(k0, k1);
        state.absorb(a);
        state.absorb(b);
        state.absorb(c);
        state.absorb(d);
        return state.finish(4);
    }

    private static final class State {
        private long v0;
        private long v1;
        private long v2;
        private long v3;

        State(long k0, long k1) {
            v0 = k0 ^ 0x736f6d6570736575L;
            v1 = k1 ^ 0x646f72616e646f6dL;
            v2 = k0 ^ 0x6c7967656e657261L;
            v3 = k1 ^ 0x7465646279746573L;
        }

        void absorb(long word) {
            v3 ^= word;
            round();
            round();
            v0 ^= word;
        }

        long finish(int words) {
            absorb(((long) words * Long.BYTES) << 56);
            v2 ^= 0xff;
            round();
            round();
            round();
            round();
            return v0 ^ v1 ^ v2 ^ v3;
        }

        private void round() {
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
    }
}
