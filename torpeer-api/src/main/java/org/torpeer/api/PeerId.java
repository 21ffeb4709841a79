package org.torpeer.api;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

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

    /** The key's bytes, eight a word, the first one the highest: one look at memory for all of it. */
    private final long first;

    private final long second;
    private final long third;
    private final long fourth;

    private PeerId(byte[] key) {
        this.first = (long) WORDS.get(key, 0);
        this.second = (long) WORDS.get(key, Long.BYTES);
        this.third = (long) WORDS.get(key, 2 * Long.BYTES);
        this.fourth = (long) WORDS.get(key, 3 * Long.BYTES);
    }

    /**
     * @param key 32 bytes, copied
     * @throws InvalidInputException if the length is not 32
     */
    public static PeerId of(byte[] key) {
        if (key.length != BYTES) {
            throw new InvalidInputException("a peer's key has 32 bytes, not " + key.length);
        }
        return new PeerId(key);
    }

    /** A copy of the 32 key bytes. */
    public byte[] toBytes() {
        byte[] key = new byte[BYTES];
        for (int index = 0; index < BYTES / Long.BYTES; index++) {
            WORDS.set(key, index * Long.BYTES, word(index));
        }
        return key;
    }

    /**
     * Eight of the key's bytes, the first one the highest; nothing is copied.
     *
     * @param index 0 to 3
     * @throws IndexOutOfBoundsException if it is another
     */
    public long word(int index) {
        return switch (index) {
            case 0 -> first;
            case 1 -> second;
            case 2 -> third;
            case 3 -> fourth;
            default -> throw new IndexOutOfBoundsException("a key has four words, none is number " + index);
        };
    }

    public OnionAddress address() {
        return OnionAddress.of(this);
    }

    /** Unsigned lexicographic order of the key bytes. */
    @Override
    public int compareTo(PeerId other) {
        for (int index = 0; index < BYTES / Long.BYTES; index++) {
            int order = Long.compareUnsigned(word(index), other.word(index));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PeerId that
                && first == that.first
                && second == that.second
                && third == that.third
                && fourth == that.fourth;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(first ^ second ^ third ^ fourth);
    }

    /** The onion address, {@code .onion} included. */
    @Override
    public String toString() {
        return address().toString();
    }
}
