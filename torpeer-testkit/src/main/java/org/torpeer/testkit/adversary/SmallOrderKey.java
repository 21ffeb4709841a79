package org.torpeer.testkit.adversary;

import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.torpeer.api.OnionKey;
import org.torpeer.api.PeerId;

/**
 * A public key of small order, to which nobody has the private half and nobody needs it: a verifier that takes the key
 * takes one signature, the identity point and zero, for many messages or for all.
 *
 * @param id one of {@link #all}
 */
public record SmallOrderKey(PeerId id) implements OnionKey {
    private static final int SIGNATURE_BYTES = 64;

    /** Every encoding of the eight points of order 1, 2, 4 and 8, those that are not canonical included. */
    public static List<SmallOrderKey> all() {
        return Stream.of(
                        "0100000000000000000000000000000000000000000000000000000000000000",
                        "0100000000000000000000000000000000000000000000000000000000000080",
                        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                        "0000000000000000000000000000000000000000000000000000000000000000",
                        "0000000000000000000000000000000000000000000000000000000000000080",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
                        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")
                .map(hex -> new SmallOrderKey(PeerId.of(HexFormat.of().parseHex(hex))))
                .toList();
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        signature[0] = 1;
        return signature;
    }

    @Override
    public byte[] expanded() {
        return new byte[64];
    }
}
