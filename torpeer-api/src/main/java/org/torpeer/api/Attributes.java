package org.torpeer.api;

import java.util.Arrays;
import java.util.HexFormat;

/** Free bytes of the application in a record, at most 128. */
public final class Attributes {
    public static final int MAX_BYTES = 128;
    public static final Attributes NONE = new Attributes(new byte[0]);

    private final byte[] bytes;

    private Attributes(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * @param bytes copied
     * @throws InvalidInputException if there are more than 128
     */
    public static Attributes of(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new InvalidInputException("attributes have at most 128 bytes, not " + bytes.length);
        }
        return new Attributes(bytes.clone());
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Attributes that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
