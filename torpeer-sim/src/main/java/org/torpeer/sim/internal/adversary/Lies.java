package org.torpeer.sim.internal.adversary;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.torpeer.api.SignedPeerRecord;

/** What an adversary tells those who ask for peers: some of its own, drawn anew each time. */
final class Lies {
    private final List<SignedPeerRecord> records;
    private final RandomGenerator random;

    Lies(List<SignedPeerRecord> records, RandomGenerator random) {
        this.records = new ArrayList<>(records);
        this.random = random;
    }

    /** Draws without replacement, by as many steps of Fisher and Yates' shuffle. */
    List<SignedPeerRecord> peers(int limit) {
        int count = Math.min(limit, records.size());
        for (int i = 0; i < count; i++) {
            int other = i + random.nextInt(records.size() - i);
            SignedPeerRecord drawn = records.get(other);
            records.set(other, records.get(i));
            records.set(i, drawn);
        }
        return List.copyOf(records.subList(0, count));
    }
}
