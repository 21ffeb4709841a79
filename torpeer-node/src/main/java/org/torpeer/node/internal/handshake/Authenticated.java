package org.torpeer.node.internal.handshake;

import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;
import org.torpeer.api.SignedPeerRecord;

/**
 * What a handshake came to.
 *
 * @param record the other side's record, null if it stayed anonymous
 * @param version the protocol version both speak
 * @param sessionId 32 bytes, the same on both sides and different for every handshake
 */
public record Authenticated(@Nullable SignedPeerRecord record, int version, byte[] sessionId) {
    public @Nullable PeerId peer() {
        return record == null ? null : record.peer();
    }
}
