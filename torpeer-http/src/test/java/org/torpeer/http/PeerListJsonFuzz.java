package org.torpeer.http;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.MalformedException;

/** A peer list as JSON: what decodes says the same when it is encoded again. */
public final class PeerListJsonFuzz {
    private PeerListJsonFuzz() {}

    public static void fuzzerTestOneInput(byte[] input) {
        List<SignedPeerRecord> records = decoded(input);
        if (records != null && !records.equals(decoded(PeerListJson.encode(records)))) {
            throw new AssertionError("another list");
        }
    }

    private static @Nullable List<SignedPeerRecord> decoded(byte[] input) {
        try {
            return PeerListJson.decode(input);
        } catch (MalformedException e) {
            return null;
        }
    }
}
