package org.torpeer.http;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.torpeer.api.Attributes;
import org.torpeer.api.Endpoint;
import org.torpeer.api.NetworkId;
import org.torpeer.api.PeerRecord;
import org.torpeer.api.PeerState;
import org.torpeer.api.Proof;
import org.torpeer.api.Role;
import org.torpeer.api.SignedPeerRecord;
import org.torpeer.proto.RecordCodec;
import org.torpeer.proto.key.SeedKey;

/** Signed records of new keys. */
final class Records {
    static final NetworkId NETWORK = NetworkId.of("the list's network");

    private Records() {}

    static List<SignedPeerRecord> of(int count, Random random) {
        return Stream.generate(() -> one(random)).limit(count).toList();
    }

    static SignedPeerRecord one(Random random) {
        SeedKey key = SeedKey.generate(random);
        byte[] attributes = new byte[random.nextInt(Attributes.MAX_BYTES + 1)];
        random.nextBytes(attributes);
        PeerRecord content = new PeerRecord(
                new Endpoint(key.id(), 1 + random.nextInt(65_535)),
                1_700_000_000L + random.nextInt(1000),
                Instant.ofEpochSecond(1_699_999_800L),
                Duration.ofHours(24),
                PeerState.ACTIVE,
                Role.ROUTER,
                List.of("chat/1"),
                new Proof("sha256", "", 20, random.nextLong(), 0),
                Attributes.of(attributes));
        return RecordCodec.sign(content, NETWORK, key);
    }
}
