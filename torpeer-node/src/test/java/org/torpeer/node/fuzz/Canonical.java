package org.torpeer.node.fuzz;

import java.util.Arrays;
import java.util.HexFormat;

/** What decodes is what its value encodes to: one value has one encoding. */
final class Canonical {
    private Canonical() {}

    static void require(byte[] decoded, byte[] encoded) {
        if (!Arrays.equals(decoded, encoded)) {
            throw new AssertionError("another encoding of " + HexFormat.of().formatHex(encoded));
        }
    }
}
