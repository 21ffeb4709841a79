package org.torpeer.node.fuzz;

import java.util.Arrays;
import org.torpeer.api.InvalidInputException;
import org.torpeer.node.internal.book.BookState;
import org.torpeer.node.internal.book.StoredEntry;
import org.torpeer.proto.StoredCodec;

/** Values of a store, and an identity. The first byte says what the rest is taken for. */
public final class StoreFuzz {
    static final int IDENTITY = 0;
    static final int ENTRY = 1;
    static final int STATE = 2;
    private static final int KINDS = 3;

    private StoreFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] value = Arrays.copyOfRange(input, 1, input.length);
        try {
            Canonical.require(value, again(Math.floorMod(input[0], KINDS), value));
        } catch (InvalidInputException e) {
            return;
        }
    }

    private static byte[] again(int kind, byte[] value) {
        return switch (kind) {
            case IDENTITY -> StoredCodec.encode(StoredCodec.decodeIdentity(value));
            case ENTRY -> StoredEntry.decode(value).encode();
            default -> BookState.decode(value).encode();
        };
    }
}
