package org.torpeer.proto.key;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;

/**
 * Strict verification of Ed25519 signatures (RFC 8032, no context, no prehash). Safe for use by several threads.
 *
 * <p>A signature {@code R | S} of key {@code A} is valid if and only if
 *
 * <ul>
 *   <li>it has 64 bytes, and {@code S} is below the group order {@code L};
 *   <li>{@code A} and {@code R} are canonical encodings of points, and neither is one of the eight points of small order:
 *       under such a key one signature fits any message, and no honest signer ever makes such an {@code R};
 *   <li>{@code A} is of order {@code L} exactly: its eight variants would be eight identities of one owner;
 *   <li>{@code 8·S·B = 8·R + 8·k·A}, the equation of RFC 8032 section 5.1.7.
 * </ul>
 *
 * <p>The factor 8 means that {@code R} may have a part of small order. Only the owner of the key can make such a signature,
 * and gains nothing by it: a verifier that leaves the factor out differs on nothing that an honest signer makes.
 */
public final class Ed25519 {
    /** Length of a signature in bytes. */
    public static final int SIGNATURE_BYTES = 64;

    private static final int POINT_BYTES = 32;
    private static final int CACHED_KEYS = 4096;

    /** 2^255 - 19, big-endian. */
    private static final byte[] FIELD_PRIME = hex("7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed");
    /** 2^252 + 27742317777372353535851937790883648493, big-endian. */
    private static final byte[] GROUP_ORDER = hex("1000000000000000000000000000000014def9dea2f79cd65812631a5cf5d3ed");
    /** The y coordinates of the points of order 1, 2, 4, 8 and 8, little-endian; the sign of x is left out. */
    private static final List<byte[]> SMALL_ORDER = List.of(
            hex("0100000000000000000000000000000000000000000000000000000000000000"),
            hex("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
            hex("0000000000000000000000000000000000000000000000000000000000000000"),
            hex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
            hex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"));

    private static final RecentKeys VALID_KEYS = new RecentKeys(CACHED_KEYS);

    private Ed25519() {}

    /**
     * Whether {@code signature} is the key's signature over {@code message}. Never throws, whatever the bytes.
     *
     * <p>The order of a key not seen lately is checked after the signature: so junk costs its receiver the least.
     */
    public static boolean verify(PeerId key, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_BYTES || !wellFormed(signature)) {
            return false;
        }
        PublicPoint known = VALID_KEYS.get(key);
        if (known != null) {
            return holds(known, message, signature);
        }
        PublicPoint point = decode(key);
        return point != null && holds(point, message, signature) && validOrder(key, point);
    }

    /** Whether the key is the canonical encoding of a point of order {@code L}. */
    public static boolean validKey(PeerId key) {
        if (VALID_KEYS.get(key) != null) {
            return true;
        }
        PublicPoint point = decode(key);
        return point != null && validOrder(key, point);
    }

    private static boolean validOrder(PeerId key, PublicPoint point) {
        if (!PrimeOrder.has(key.toBytes())) {
            return false;
        }
        VALID_KEYS.put(key, point);
        return true;
    }

    private static @Nullable PublicPoint decode(PeerId key) {
        byte[] encoded = key.toBytes();
        return goodPoint(encoded)
                ? org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyPartialExport(encoded, 0)
                : null;
    }

    private static boolean holds(PublicPoint key, byte[] message, byte[] signature) {
        return org.bouncycastle.math.ec.rfc8032.Ed25519.verify(signature, 0, key, message, 0, message.length);
    }

    private static boolean wellFormed(byte[] signature) {
        byte[] r = Arrays.copyOf(signature, POINT_BYTES);
        byte[] s = reversed(Arrays.copyOfRange(signature, POINT_BYTES, SIGNATURE_BYTES));
        return Arrays.compareUnsigned(s, GROUP_ORDER) < 0 && goodPoint(r);
    }

    /** Canonical and not of small order; whether it is on the curve shows when it is decoded. */
    private static boolean goodPoint(byte[] encoded) {
        byte[] y = encoded.clone();
        y[POINT_BYTES - 1] &= 0x7f;
        return Arrays.compareUnsigned(reversed(y), FIELD_PRIME) < 0
                && SMALL_ORDER.stream().noneMatch(small -> Arrays.equals(small, y));
    }

    private static byte[] reversed(byte[] bytes) {
        byte[] out = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            out[i] = bytes[bytes.length - 1 - i];
        }
        return out;
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
