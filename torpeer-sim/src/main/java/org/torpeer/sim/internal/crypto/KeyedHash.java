package org.torpeer.sim.internal.crypto;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of 64 bits under a secret: SplitMix64's finalizer (Steele, Lea and Flood, 2014) over one word after the other. It
 * takes the place of a signature among nodes that do not attack it; it would not stand against one that does.
 */
final class KeyedHash {
    static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private final long secret;

    KeyedHash(long secret) {
        this.secret = mix(secret + GOLDEN_GAMMA);
    }

    /** Of parts one after the other; how they are divided counts. */
    long of(byte[]... parts) {
        long hash = secret;
        for (byte[] part : parts) {
            hash = absorb(hash, part);
        }
        return hash;
    }

    /** Another word of the hash that was asked for. */
    static long word(long hash, int number) {
        return mix(hash + GOLDEN_GAMMA * (number + 1));
    }

    static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    private static long absorb(long before, byte[] part) {
        long hash = mix(before ^ part.length);
        int whole = part.length & -Long.BYTES;
        for (int at = 0; at < whole; at += Long.BYTES) {
            hash = mix(hash ^ (long) LONGS.get(part, at));
        }
        for (int at = whole; at < part.length; at++) {
            hash = mix(hash ^ part[at]);
        }
        return hash;
    }
}
