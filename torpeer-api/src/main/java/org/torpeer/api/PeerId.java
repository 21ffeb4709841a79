package org.torpeer.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A peer's Ed25519 public key, which is also its onion address.
 *
 * <p>Any 32 bytes are accepted here: whether they are a valid point of full order is checked where a signature by the
 * key is verified, because it costs more than the rest of this class together.
 */
public final class PeerId implements Comparable<PeerId> {
    /** Length of the key in bytes. */
    public static final int BYTES = 32;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] key;

    private PeerId(byte[] key) {
        this.key = key;
    }

    /**
     * @param key 32 bytes, copied
     * @throws InvalidInputException if the length is not 32
     */
    public static PeerId of(byte[] key) {
        if (key.length != BYTES) {
            throw new InvalidInputException("a peer's key has 32 bytes, not " + key.length);
        }
        return new PeerId(key.clone());
    }

    /** A copy of the 32 key bytes. */
    public byte[] toBytes() {
        return key.clone();
    }

    /**
     * Eight of the key's bytes, the first one the highest; nothing is copied.
     *
     * @param index 0 to 3
     * @throws IndexOutOfBoundsException if it is another
     */
    public long word(int index) {
        return (long) WORDS.get(key, index * Long.BYTES);
    }

    public OnionAddress address() {
        return OnionAddress.of(this);
    }

    /** Unsigned lexicographic order of the key bytes. */
    @Override
    public int compareTo(PeerId other) {
        return Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(key);
    }

    /** The onion address, {@code .onion} included. */
    @Override
    public String toString() {
        return address().toString();
    }
}
