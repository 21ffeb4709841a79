package org.torpeer.proto.key;

import cafe.cryptography.curve25519.Constants;
import cafe.cryptography.curve25519.Scalar;
import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/**
 * A private key known only in the expanded form that Tor keeps: the seed it came from cannot be had back. Signs as RFC
 * 8032 section 5.1.6 from step 2 on, so its signatures are those of the seed, byte for byte.
 */
public final class ExpandedKey implements OnionKey {
    /** Length of an expanded key in bytes. */
    public static final int BYTES = 64;

    private static final int SCALAR_BYTES = 32;

    private final byte[] expanded;
    private final Scalar scalar;
    private final byte[] prefix;
    private final byte[] publicKey;
    private final PeerId id;

    private ExpandedKey(byte[] expanded) {
        this.expanded = expanded;
        this.scalar = Scalar.fromBytesModOrder(Arrays.copyOf(expanded, SCALAR_BYTES));
        this.prefix = Arrays.copyOfRange(expanded, SCALAR_BYTES, BYTES);
        this.publicKey = timesBase(scalar);
        this.id = PeerId.of(publicKey);
    }

    /**
     * @param expanded 64 bytes, the clamped little-endian scalar followed by the hash prefix; copied
     * @throws InvalidInputException if the length is not 64 or the scalar is not clamped (and so possibly zero)
     */
    public static ExpandedKey of(byte[] expanded) {
        if (expanded.length != BYTES) {
            throw new InvalidInputException("an expanded key has 64 bytes, not " + expanded.length);
        }
        if ((expanded[0] & 0x07) != 0 || (expanded[SCALAR_BYTES - 1] & 0xc0) != 0x40) {
            throw new InvalidInputException("the scalar of an expanded key must be clamped as Ed25519 demands");
        }
        return new ExpandedKey(expanded.clone());
    }

    @Override
    public PeerId id() {
        return id;
    }

    @Override
    public byte[] sign(byte[] message) {
        Scalar r = Scalar.fromBytesModOrderWide(Sha512.of(prefix, message));
        byte[] point = timesBase(r);
        Scalar k = Scalar.fromBytesModOrderWide(Sha512.of(point, publicKey, message));
        byte[] signature = Arrays.copyOf(point, Ed25519.SIGNATURE_BYTES);
        System.arraycopy(k.multiplyAndAdd(scalar, r).toByteArray(), 0, signature, PeerId.BYTES, SCALAR_BYTES);
        return signature;
    }

    @Override
    public byte[] expanded() {
        return expanded.clone();
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "ExpandedKey[" + id + "]";
    }

    private static byte[] timesBase(Scalar scalar) {
        return Constants.ED25519_BASEPOINT_TABLE.multiply(scalar).compress().toByteArray();
    }
}
