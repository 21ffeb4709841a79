package org.torpeer.proto.key;

import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.math.ec.rfc8032.Ed25519.PublicPoint;
import org.jspecify.annotations.Nullable;
import org.torpeer.api.PeerId;

/** The decoded points of the keys used last; the one unused for longest makes room. Safe for use by several threads. */
final class RecentKeys {
    private final Map<PeerId, PublicPoint> points;

    RecentKeys(int capacity) {
        this.points = new Bounded(capacity);
    }

    synchronized @Nullable PublicPoint get(PeerId key) {
        return points.get(key);
    }

    synchronized void put(PeerId key, PublicPoint point) {
        points.put(key, point);
    }

    synchronized int size() {
        return points.size();
    }

    private static final class Bounded extends LinkedHashMap<PeerId, PublicPoint> {
        private static final long serialVersionUID = 1L;

        private final int capacity;

        Bounded(int capacity) {
            super(16, 0.75f, true);
            this.capacity = capacity;
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<PeerId, PublicPoint> eldest) {
            return size() > capacity;
        }
    }
}
