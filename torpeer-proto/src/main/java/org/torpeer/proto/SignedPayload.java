package org.torpeer.proto;

import java.nio.ByteBuffer;
import org.torpeer.api.NetworkId;

/** What a signature over a payload is over, whatever the payload is of. */
final class SignedPayload {
    private static final int NETWORK_BYTES = 32;

    private SignedPayload() {}

    /** {@code tag | network id (32) | length of the payload (u32 big-endian) | payload}. */
    static byte[] bytes(byte[] tag, NetworkId network, byte[] payload) {
        return ByteBuffer.allocate(tag.length + NETWORK_BYTES + Integer.BYTES + payload.length)
                .put(tag)
                .put(network.toBytes())
                .putInt(payload.length)
                .put(payload)
                .array();
    }
}
